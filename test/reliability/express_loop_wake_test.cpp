// SPDX-License-Identifier: MIT
// The same as express_wake_test.cpp where the calls come from loops, the first of which has the
// ring of the executor, and who waits for them goes home.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <barrier>
#include <cstddef>
#include <cstdint>
#include <semaphore>
#include <thread>
#include <vector>

#include "event.hpp"
#include "express.hpp"
#include "jitter.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace {

using reliability::jitter;
using reliability::reach_express;
using reliability::rounds;
using reliability::threads_for_rows;
using smartasync::task;

/// Offloads from a loop, so many at once.
task<> call_shortly(smartasync::thread_pool& pool, int calls) {
  std::vector<task<>> row;
  for (int left = calls; left != 0; --left) {
    row.push_back([](smartasync::thread_pool& where) -> task<> {
      co_await smartasync::to_thread(where, [] {});
    }(pool));
  }
  co_await smartasync::when_all(std::move(row));
}

TEST(the_express_of_an_executor, serves_what_a_loop_has_pushed_behind_a_call_that_blocks) {
  const reliability::watchdog guard("a call of a loop that blocks for one far behind it");
  smartasync::thread_pool pool("far behind", {.max_threads = threads_for_rows});
  const auto blocks = [&](reliability::event& until) -> task<> {
    co_await smartasync::to_thread(pool,
                                   [&] { smartasync::run([&]() -> task<> { co_await until; }()); });
  };
  const auto sets = [&](reliability::event& made) -> task<> {
    co_await smartasync::to_thread(pool, [&] { made.set(); });
  };
  for (int i = 0; i != rounds(200); ++i) {
    reach_express(pool);
    smartasync::run([&]() -> task<> {
      co_await call_shortly(pool, 10);
      reliability::event made;
      // More than the thread claims at once stand between the two.
      co_await smartasync::when_all(blocks(made), call_shortly(pool, 100), sets(made));
    });
  }
}

TEST(the_express_of_an_executor, wakes_its_thread_for_every_job_of_a_loop) {
  const reliability::watchdog guard("jobs of a loop that meet the express falling asleep");
  smartasync::thread_pool pool("of a loop", {.max_threads = threads_for_rows});
  for (const int chains : {1, 2, 30}) {
    // Past the last one nothing comes that would wake it for a job that was missed.
    reach_express(pool);
    const int each = rounds(6'000) / chains;
    const auto calls = [&](int which) -> task<int> {
      jitter delay(static_cast<std::uint64_t>(which), reliability::beyond_the_look);
      int sum = 0;
      for (int i = 0; i != each; ++i) {
        sum += co_await smartasync::to_thread(pool, [] { return 1; });
        delay.spend();
      }
      co_return sum;
    };
    std::vector<task<int>> many;
    many.reserve(static_cast<std::size_t>(chains));
    for (int which = 0; which != chains; ++which) many.push_back(calls(which));
    std::int64_t sum = 0;
    for (const int part : smartasync::run(smartasync::when_all(std::move(many)))) sum += part;
    EXPECT_EQ(sum, std::int64_t{chains} * each);
  }
}

TEST(the_express_of_an_executor, resumes_who_waits_for_it_on_their_own_loops) {
  const reliability::watchdog guard("offloads of two loops to the express");
  smartasync::thread_pool pool("two loops", {.max_threads = threads_for_rows});
  reach_express(pool);
  constexpr int chains = 12;
  const int each = rounds(1'000);
  std::atomic<int> strangers{0};
  std::barrier<> together(2);
  const auto calls_from_a_loop = [&](std::uint64_t seed) {
    const auto mine = std::this_thread::get_id();
    const auto calls = [&, seed](int which) -> task<int> {
      jitter delay(seed + static_cast<std::uint64_t>(which));
      int sum = 0;
      for (int i = 0; i != each; ++i) {
        // A call that blocks for its loop ends the express.
        const bool blocks = which == 0 && i % 64 == 0;
        sum += co_await smartasync::to_thread(pool, [blocks, i] {
          return blocks ? smartasync::run([i]() -> task<int> { co_return i + 1; }) : i + 1;
        });
        if (std::this_thread::get_id() != mine) ++strangers;
        if (i % 4 == which % 4) delay.spend();
      }
      co_return sum;
    };
    std::vector<task<int>> many;
    many.reserve(chains);
    for (int which = 0; which != chains; ++which) many.push_back(calls(which));
    together.arrive_and_wait();
    std::int64_t sum = 0;
    for (const int part : smartasync::run(smartasync::when_all(std::move(many)))) sum += part;
    EXPECT_EQ(sum, std::int64_t{chains} * each * (each + 1) / 2);
  };
  std::thread other([&] { calls_from_a_loop(1); });
  calls_from_a_loop(100);
  other.join();
  EXPECT_EQ(strangers, 0);
}

// The watcher is needed here: not run with a blind one.
TEST(a_call_that_holds_up_the_express, hands_every_call_behind_it_to_a_thread) {
  const reliability::watchdog guard("a chain of calls that wait for each other in the express");
  smartasync::thread_pool pool("held up", {.max_threads = threads_for_rows});
  for (int i = 0; i != rounds(10); ++i) {
    reach_express(pool);
    // Each of them waits for the one behind it.
    std::array<std::binary_semaphore, 3> behind{std::binary_semaphore(0), std::binary_semaphore(0),
                                                std::binary_semaphore(0)};
    smartasync::run([&]() -> task<> {
      const auto waits = [&](std::size_t which) -> task<> {
        co_await smartasync::to_thread(pool, [&, which] {
          if (which != behind.size()) behind[which].acquire();
          if (which != 0) behind[which - 1].release();
        });
      };
      co_await smartasync::when_all(waits(0), waits(1), waits(2), waits(3));
    });
  }
}

TEST(a_call_that_holds_up_the_express, does_not_keep_what_was_called_before_it) {
  const reliability::watchdog guard("a call that waits for what follows the calls before it");
  smartasync::thread_pool pool("hands back", {.max_threads = threads_for_rows});
  for (int i = 0; i != rounds(10); ++i) {
    reach_express(pool);
    constexpr int count = 20;
    std::counting_semaphore<> followed(0);
    smartasync::run([&]() -> task<> {
      const auto short_call = [&]() -> task<> {
        co_await smartasync::to_thread(pool, [] {});
        followed.release();
      };
      const auto long_call = [&]() -> task<> {
        co_await smartasync::to_thread(pool, [&] {
          for (int left = count; left != 0; --left) followed.acquire();
        });
      };
      smartasync::task_group<> group;
      for (int left = count; left != 0; --left) group.spawn(short_call());
      group.spawn(long_call());
      co_await group.join();
    });
  }
}

}  // namespace
