// SPDX-License-Identifier: MIT
// The end of the runtime, before the end of the process and with it. Each test is a process of its
// own.
#include "smartasync/shutdown.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <latch>
#include <string>
#include <thread>

#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/named_loop.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/thread_pool.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/when_all.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::loop_closed_error;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

/// Made before anything of the runtime is used, and so destroyed after it.
struct last_caller {
  std::function<void()> call;
  ~last_caller() {
    if (call) call();
  }
} last;

std::size_t threads_of(const char* executor) {
  return dynamic_cast<smartasync::thread_pool&>(smartasync::find_executor(executor)).thread_count();
}

task<std::string> offloaded(const char* executor) {
  co_await smartasync::sleep_for(1ms);
  co_return co_await to_thread(executor, [] { return std::string("42"); });
}

struct shutdown : testing::Test {
  shutdown() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

/// The value, or what is thrown instead.
template <class F>
std::string result_of(F f) {
  try {
    return f();
  } catch (const loop_closed_error& error) {
    return std::string("closed: ") + error.what();
  }
}

void exit_where(bool holds) {
  alarm(60);
  std::exit(holds ? 0 : 1);
}

TEST_F(shutdown,
       joins_all_threads_after_what_was_queued_has_run_and_what_was_spawned_is_cancelled) {
  const auto body = [] {
    smartasync::configure_executor("one", {.max_threads = 1});
    std::latch queued(1);
    std::latch may_end(1);
    std::latch on_loop(1);
    bool queued_ran = false;
    bool cancelled = false;
    smartasync::spawn(smartasync::named_loop("net"), [&]() -> task<> {
      on_loop.count_down();
      try {
        co_await smartasync::sleep_for(1h);
      } catch (const smartasync::cancelled_error&) {
        cancelled = true;
      }
    });
    const auto tell = [&]() -> task<> {
      queued.count_down();
      co_return;
    };
    std::thread other([&] {
      // They start in this order, in one step.
      run(smartasync::when_all(to_thread("one", [&] { may_end.wait(); }),
                               to_thread("one", [&] { queued_ran = true; }), tell()));
    });
    queued.wait();
    on_loop.wait();
    may_end.count_down();
    smartasync::shutdown();
    other.join();
    exit_where(queued_ran && cancelled && threads_of("one") == 0);
  };
  EXPECT_EXIT(body(), testing::ExitedWithCode(0), "");
}

TEST_F(shutdown, is_told_to_whoever_needs_a_thread_after_it) {
  const auto body = [] {
    run(offloaded("pool"));
    static_cast<void>(smartasync::named_loop("net"));
    smartasync::shutdown();
    smartasync::shutdown();
    const auto closed = [](const std::string& said) { return said.starts_with("closed: "); };
    const auto loop_of = [](const char* name) {
      return [name] {
        static_cast<void>(smartasync::named_loop(name));
        return std::string();
      };
    };
    exit_where(closed(result_of([] { return run(offloaded("pool")); })) &&
               closed(result_of([] { return run(offloaded("never used before")); })) &&
               closed(result_of(loop_of("net"))) && closed(result_of(loop_of("other"))) &&
               run(offloaded("inline")) == "42");
  };
  EXPECT_EXIT(body(), testing::ExitedWithCode(0), "");
}

TEST_F(shutdown, is_refused_on_a_thread_that_it_would_wait_for) {
  const auto refused = [] {
    try {
      smartasync::shutdown();
      return false;
    } catch (const smartasync::blocking_call_error&) {
      return true;
    }
  };
  EXPECT_TRUE(run([&]() -> task<bool> { co_return refused(); }));
  EXPECT_TRUE(run(to_thread(std::ref(refused))));
}

TEST_F(shutdown, at_the_end_of_main_lets_a_static_object_call_on) {
  const auto body = [] {
    run(offloaded("pool"));
    static_cast<void>(smartasync::named_loop("net"));
    last.call = [] {
      std::fprintf(stderr, "used before: %s\n", run(offloaded("pool")).c_str());
      std::fprintf(stderr, "not used before: %s\n", run(offloaded("another")).c_str());
      std::fprintf(stderr, "its loop: %s\n", result_of([] {
                                               static_cast<void>(smartasync::named_loop("net"));
                                               return std::string("there");
                                             }).c_str());
    };
    exit_where(true);
  };
  EXPECT_EXIT(body(), testing::ExitedWithCode(0),
              "used before: 42\nnot used before: 42\nits loop: closed: ");
}

TEST_F(shutdown, of_a_runtime_that_only_a_static_object_uses_comes_after_that) {
  const auto body = [] {
    last.call = [] { std::fprintf(stderr, "only here: %s\n", run(offloaded("pool")).c_str()); };
    exit_where(true);
  };
  EXPECT_EXIT(body(), testing::ExitedWithCode(0), "only here: 42");
}

TEST_F(shutdown, waits_for_nobody_when_an_offloaded_call_exits) {
  const auto body = [] {
    alarm(60);
    std::latch blocked(1);
    run([&]() -> task<> {
      smartasync::spawn([&]() -> task<> {
        co_await to_thread([&] {
          run([&]() -> task<> {
            blocked.count_down();
            co_await smartasync::sleep_for(1h);
          });
        });
      });
      co_await to_thread([&] {
        blocked.wait();
        std::exit(0);
      });
    });
  };
  EXPECT_EXIT(body(), testing::ExitedWithCode(0), "");
}

}  // namespace
