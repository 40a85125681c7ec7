// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <latch>
#include <stop_token>
#include <thread>

#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/named_loop.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/task.hpp"
#include "smartasync/thread_pool.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using smartasync::run;
using smartasync::task;
using namespace std::chrono_literals;

int seven() { return 7; }

task<int> offloaded(const char* executor) {
  co_await smartasync::sleep_for(1ms);
  co_return co_await smartasync::to_thread(executor, seven);
}

task<std::thread::id> thread_here() { co_return std::this_thread::get_id(); }

/// Forks, and gives what `child` returned there: its exit status. A child that hangs is killed.
int status_in_child(const std::function<int()>& child) {
  const pid_t id = fork();
  if (id == 0) {
    alarm(60);
    _exit(child());
  }
  int status = 0;
  EXPECT_EQ(waitpid(id, &status, 0), id);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

TEST(fork, child_and_parent_both_go_on) {
  ASSERT_EQ(run(offloaded("pool")), 7);
  EXPECT_EQ(status_in_child([] { return run(offloaded("pool")); }), 7);
  EXPECT_EQ(run(offloaded("pool")), 7);
}

TEST(fork, child_has_the_threads_of_an_idle_pool_of_one_anew) {
  smartasync::configure_executor(
      "fork_one", {.max_threads = 1, .idle_timeout = std::chrono::milliseconds::max()});
  ASSERT_EQ(run(offloaded("fork_one")), 7);
  EXPECT_EQ(status_in_child([] { return run(offloaded("fork_one")); }), 7);
  EXPECT_EQ(run(offloaded("fork_one")), 7);
}

TEST(fork, child_keeps_the_configuration) {
  smartasync::configure_executor("fork_limits", {.max_threads = 3});
  EXPECT_EQ(status_in_child([] {
              auto& pool =
                  dynamic_cast<smartasync::thread_pool&>(smartasync::find_executor("fork_limits"));
              return static_cast<int>(pool.options().max_threads);
            }),
            3);
}

TEST(fork, child_has_none_of_the_jobs_that_run_in_the_parent) {
  std::atomic<bool> go = false;
  std::thread busy([&go] {
    const auto wait = [&go] { go.wait(false); };
    const auto body = [&wait]() -> task<> {
      co_await smartasync::to_thread("fork_busy", std::ref(wait));
    };
    run(body());
  });
  auto& pool = dynamic_cast<smartasync::thread_pool&>(smartasync::find_executor("fork_busy"));
  while (pool.thread_count() == 0) std::this_thread::yield();
  EXPECT_EQ(status_in_child([&pool] { return static_cast<int>(pool.thread_count()); }), 0);
  EXPECT_EQ(status_in_child([] { return run(offloaded("fork_busy")); }), 7);
  go = true;
  go.notify_all();
  busy.join();
}

TEST(fork, child_makes_its_named_loops_anew) {
  const auto visit = [] {
    smartasync::event_loop& loop = smartasync::named_loop("fork_loop");
    std::atomic<int> seen = 0;
    loop.post([&seen] {
      seen = 5;
      seen.notify_one();
    });
    seen.wait(0);
    return seen.load();
  };
  ASSERT_EQ(visit(), 5);
  EXPECT_EQ(status_in_child(visit), 5);
  EXPECT_EQ(visit(), 5);
}

TEST(fork, child_does_not_share_the_descriptors_that_the_loop_watches) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const auto read_one = [&ends] {
    const auto body = [&ends]() -> task<int> {
      const auto write_one = [&ends] { return write(ends[1], "x", 1); };
      co_await smartasync::to_thread(std::ref(write_one));
      co_await smartasync::readable(ends[0]);
      char got = 0;
      co_return static_cast<int>(read(ends[0], &got, 1));
    };
    return run(body());
  };
  ASSERT_EQ(read_one(), 1);
  EXPECT_EQ(status_in_child(read_one), 1);
  EXPECT_EQ(read_one(), 1);
  close(ends[0]);
  close(ends[1]);
}

TEST(fork, child_has_none_of_the_signal_handlers_of_the_parents_runs) {
  std::stop_source stop;
  std::latch running(1);
  std::thread other([&] {
    const auto body = [&]() -> task<> {
      running.count_down();
      co_await smartasync::sleep_for(1h);
    };
    EXPECT_THROW(run(body(), {.cancel_on_signals = {SIGUSR1}, .stop = stop.get_token()}),
                 smartasync::cancelled_error);
  });
  running.wait();
  EXPECT_EQ(status_in_child([] {
              raise(SIGUSR1);
              return 0;
            }),
            -SIGUSR1);
  stop.request_stop();
  other.join();
}

TEST(fork, inside_of_a_coroutine_lets_the_child_exit_and_exec) {
  const auto body = []() -> task<int> {
    co_await smartasync::sleep_for(1ms);
    const int exited = status_in_child([] { return 3; });
    const int executed = status_in_child([] {
      execl("/bin/sh", "sh", "-c", "exit 4", nullptr);
      return 0;
    });
    const int ended = status_in_child([]() -> int { std::exit(5); });
    co_await smartasync::sleep_for(1ms);
    co_return exited * 100 + executed * 10 + ended;
  };
  EXPECT_EQ(run(body()), 345);
}

TEST(fork, child_of_an_executor_thread_is_a_plain_process) {
  const auto fork_there = [] {
    return status_in_child([] {
      return run(thread_here()) == std::this_thread::get_id() ? run(offloaded("pool")) : 0;
    });
  };
  const auto body = [&fork_there]() -> task<int> {
    co_return co_await smartasync::to_thread(std::ref(fork_there));
  };
  EXPECT_EQ(run(body()), 7);
}

}  // namespace
