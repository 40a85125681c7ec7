// SPDX-License-Identifier: MIT
#include "smartasync/named_loop.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <latch>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "smartasync/context_var.hpp"
#include "smartasync/detail/loop_hop.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::named_loop;
using smartasync::run;
using smartasync::task;
using smartasync::detail::run_on;

task<std::thread::id> thread_of() {
  co_await smartasync::yield();
  co_return std::this_thread::get_id();
}

TEST(named_loop, name_stands_for_one_loop_with_a_thread_of_its_own) {
  EXPECT_EQ(&named_loop("net"), &named_loop("net"));
  EXPECT_NE(&named_loop("net"), &named_loop("other"));
  const auto first = run_on(named_loop("net"), "f", thread_of());
  EXPECT_NE(first, std::this_thread::get_id());
  EXPECT_EQ(run_on(named_loop("net"), "f", thread_of()), first);
}

TEST(named_loop, serves_several_plain_threads) {
  const auto expected = run_on(named_loop("net"), "f", thread_of());
  std::vector<std::thread> threads;
  std::atomic<int> same{0};
  for (int i = 0; i != 6; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n != 50; ++n) {
        if (run_on(named_loop("net"), "f", thread_of()) == expected) ++same;
      }
    });
  }
  for (auto& t : threads) t.join();
  EXPECT_EQ(same.load(), 300);
}

TEST(named_loop, its_own_thread_must_not_block_on_it) {
  auto body = []() -> task<std::string> {
    try {
      static_cast<void>(run_on(named_loop("net"), "shop::get", thread_of()));
    } catch (const smartasync::blocking_call_error& e) {
      co_return e.what();
    }
    co_return "no error";
  };
  EXPECT_NE(run_on(named_loop("net"), "f", body()).find("Cannot call shop::get() synchronously"),
            std::string::npos);
}

TEST(named_loop, coroutine_of_another_loop_awaits_on_it_and_comes_back) {
  const auto here = std::this_thread::get_id();
  const auto there = run_on(named_loop("net"), "f", thread_of());
  smartasync::context_var<int> var(0);
  run([&]() -> task<> {
    var.set(1);
    auto on_net = [&]() -> task<std::thread::id> {
      EXPECT_EQ(var.get(), 1);
      var.set(2);
      co_return co_await thread_of();
    };
    auto hop = smartasync::detail::on_loop<std::thread::id>(named_loop("net"), on_net);
    EXPECT_EQ(co_await std::move(hop), there);
    EXPECT_EQ(std::this_thread::get_id(), here);
    EXPECT_EQ(var.get(), 2);
  });
}

TEST(named_loop, wait_on_it_is_cancelled_with_the_chain_that_waits) {
  std::stop_source source;
  auto sleeps = [&]() -> task<> {
    source.request_stop();
    co_await smartasync::sleep_for(1h);
  };
  auto body = [&]() -> task<> {
    co_await smartasync::detail::on_loop<void>(named_loop("net"), sleeps);
  };
  EXPECT_THROW(run(body(), {.stop = source.get_token()}), smartasync::cancelled_error);
}

TEST(named_loop, pool_thread_of_another_loop_may_block_on_it_and_is_cancelled) {
  EXPECT_EQ(run(smartasync::to_thread([] {
              return run_on(named_loop("net"), "f", []() -> task<int> { co_return 5; }());
            })),
            5);
  std::stop_source source;
  auto body = [&]() -> task<> {
    auto call = smartasync::to_thread([&] {
      run_on(named_loop("net"), "f", [](std::stop_source& s) -> task<> {
        s.request_stop();
        co_await smartasync::sleep_for(1h);
      }(source));
    });
    co_await std::move(call);
  };
  EXPECT_THROW(run(body(), {.stop = source.get_token()}), smartasync::cancelled_error);
}

TEST(named_loop, pool_of_one_thread_is_not_exhausted_by_a_chain_over_two_loops) {
  smartasync::configure_executor("narrow", {.max_threads = 1, .reserve_threads = 0});
  auto body = []() -> task<int> {
    auto call = smartasync::to_thread("narrow", [] {
      return run_on(named_loop("net"), "f", []() -> task<int> {
        auto inner = smartasync::to_thread("narrow", [] { return 6; });
        co_return co_await std::move(inner);
      }());
    });
    co_return co_await std::move(call);
  };
  EXPECT_EQ(run(body()), 6);
}

/// Ends as the process does: what is left on the loop must neither hang nor crash that.
TEST(named_loop, process_ends_while_work_is_spawned_on_it) {
  // A new process: a fork would have the loops' objects and not their threads.
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        std::latch started(1);
        smartasync::spawn(named_loop("ending"), [&]() -> task<> {
          started.count_down();
          try {
            co_await smartasync::sleep_for(1h);
          } catch (const smartasync::cancelled_error&) {
            std::fputs("unwound\n", stderr);
            throw;
          }
        });
        started.wait();
        std::exit(0);
      },
      testing::ExitedWithCode(0), "unwound");
}

}  // namespace
