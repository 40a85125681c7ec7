// SPDX-License-Identifier: MIT
// Who waits for a coroutine on a thread that works for a loop runs it there; on one that does not,
// on its own; and what the threads of a pool do meanwhile.
#include "smartasync/detail/run_root.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <latch>
#include <mutex>
#include <set>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "foreign_coroutine.hpp"
#include "smartasync/context.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/task_group.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

TEST(nesting, pool_thread_that_works_for_a_loop_runs_on_that_loop) {
  auto body = []() -> task<> {
    smartasync::event_loop* const home = smartasync::current_loop();
    const auto home_thread = std::this_thread::get_id();
    auto call = to_thread([&] {
      EXPECT_NE(std::this_thread::get_id(), home_thread);
      const auto inner = [&]() -> task<int> {
        EXPECT_EQ(smartasync::current_loop(), home);
        EXPECT_EQ(std::this_thread::get_id(), home_thread);
        co_await smartasync::sleep_for(1ms);
        EXPECT_EQ(smartasync::current_loop(), home);
        co_return 3;
      };
      const int got = run(inner());
      EXPECT_FALSE(smartasync::in_async_context());
      return got;
    });
    EXPECT_EQ(co_await std::move(call), 3);
  };
  run(body());
}

TEST(nesting, exception_crosses_every_border) {
  auto body = []() -> task<> {
    auto call = to_thread([] {
      run([]() -> task<> {
        auto inner = to_thread([] { throw std::runtime_error("from the bottom"); });
        co_await std::move(inner);
      });
    });
    co_await std::move(call);
  };
  EXPECT_THROW(run(body()), std::runtime_error);
}

TEST(nesting, loop_serves_others_while_a_pool_thread_runs_on_it) {
  int ticks = 0;
  run([&]() -> task<> {
    bool done = false;
    smartasync::spawn([&]() -> task<> {
      while (!done) {
        co_await smartasync::yield();
        ++ticks;
      }
    });
    auto call = to_thread([&] {
      run([&]() -> task<> {
        while (ticks < 50) co_await smartasync::sleep_for(100us);
      });
    });
    co_await std::move(call);
    done = true;
    co_await smartasync::sleep_for(0s);
  });
  EXPECT_GE(ticks, 50);
}

TEST(nesting, one_thread_serves_two_chains_that_both_wait_on_their_pool) {
  smartasync::configure_executor("pair", {.max_threads = 1, .reserve_threads = 0});
  auto chain = []() -> task<int> {
    auto call = to_thread("pair", [] {
      return run([]() -> task<int> {
        co_await smartasync::sleep_for(1ms);
        auto inner = to_thread("pair", [] { return 1; });
        co_return co_await std::move(inner);
      });
    });
    co_return co_await std::move(call);
  };
  const std::vector<int> ones = run([&]() -> task<std::vector<int>> {
    smartasync::task_group<int> chains;
    for (int i = 0; i != 10; ++i) chains.spawn(chain());
    co_return co_await chains.join();
  });
  EXPECT_EQ(ones, std::vector<int>(10, 1));
}

TEST(nesting, blocked_thread_never_runs_a_job_of_another_chain) {
  // The first chain blocks with the author's lock held; the second wants the lock.
  smartasync::configure_executor("locks", {.max_threads = 1, .reserve_threads = 1});
  std::mutex lock;
  std::set<std::thread::id> threads;
  const auto second = [&]() -> task<> {
    auto call = to_thread("locks", [&] {
      const std::lock_guard held(lock);
      threads.insert(std::this_thread::get_id());
    });
    co_await std::move(call);
  };
  run([&]() -> task<> {
    smartasync::task_group<void> chains;
    chains.spawn([&]() -> task<> {
      auto call = to_thread("locks", [&] {
        const std::lock_guard held(lock);
        threads.insert(std::this_thread::get_id());
        run([&]() -> task<> {
          chains.spawn(second());
          co_await smartasync::sleep_for(20ms);
        });
      });
      co_await std::move(call);
    });
    co_await chains.join();
  });
  EXPECT_EQ(threads.size(), 2U);
}

TEST(nesting, job_of_another_chain_gets_a_reserve_thread_while_the_only_one_blocks_for_it) {
  smartasync::configure_executor("reserve", {.max_threads = 1, .reserve_threads = 1});
  bool other_ran = false;
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> {
      auto other = to_thread("reserve", [&] { return true; });
      other_ran = co_await std::move(other);
    });
    auto call = to_thread("reserve", [&] {
      run([&]() -> task<> {
        while (!other_ran) co_await smartasync::sleep_for(100us);
      });
    });
    co_await std::move(call);
  });
  EXPECT_TRUE(other_ran);
}

TEST(nesting, cancellation_reaches_through_a_blocked_pool_thread) {
  std::stop_source source;
  auto body = [&]() -> task<> {
    auto call = to_thread([&] {
      run([&]() -> task<> {
        source.request_stop();
        co_await smartasync::sleep_for(1h);
      });
    });
    co_await std::move(call);
  };
  EXPECT_THROW(run(body(), {.stop = source.get_token()}), smartasync::cancelled_error);
}

TEST(nesting, pool_thread_that_works_for_no_loop_runs_on_its_own) {
  std::latch ended(1);
  int result = 0;
  [](int& out, std::latch& end) -> foreign_coroutine {
    auto call = to_thread([] {
      return run([]() -> task<int> {
        co_await smartasync::sleep_for(1ms);
        auto inner = to_thread([] { return 12; });
        co_return co_await std::move(inner);
      });
    });
    out = co_await std::move(call);
    end.count_down();
  }(result, ended);
  ended.wait();
  EXPECT_EQ(result, 12);
}

TEST(nesting, wait_of_a_serial_executor_on_itself_without_a_loop_is_an_error) {
  std::latch ended(1);
  std::string said;
  [](std::string& out, std::latch& end) -> foreign_coroutine {
    auto call = to_thread("serial", [] {
      try {
        run([]() -> task<> {
          auto inner = to_thread("serial", [] {});
          co_await std::move(inner);
        });
      } catch (const smartasync::executor_full_error& e) {
        return std::string(e.what());
      }
      return std::string("no error");
    });
    out = co_await std::move(call);
    end.count_down();
  }(said, ended);
  ended.wait();
  EXPECT_EQ(said,
            "Cannot call smartasync::to_thread(): the executor \"serial\" would wait for itself: "
            "smartasync::to_thread() -> smartasync::to_thread().");
}

TEST(nesting, task_that_a_foreign_coroutine_awaits_may_call_run) {
  int result = 0;
  [](int& out) -> foreign_coroutine {
    auto calls_run = []() -> task<int> {
      co_return run([]() -> task<int> {
        co_await smartasync::yield();
        co_return 4;
      });
    };
    out = co_await calls_run();
  }(result);
  EXPECT_EQ(result, 4);
}

}  // namespace
