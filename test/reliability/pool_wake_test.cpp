// SPDX-License-Identifier: MIT
// How an executor's threads fall asleep and are woken: the other half of wake_protocol_test.cpp.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <semaphore>
#include <thread>
#include <vector>

#include "errand.hpp"
#include "jitter.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace {

using namespace std::chrono_literals;
using reliability::errand;
using reliability::jitter;
using reliability::rounds;
using smartasync::run;
using smartasync::task;

/// Several threads submit two jobs and wait for them, again and again. `doublings`: of the jitter
/// between them.
void run_errands(smartasync::thread_pool& pool, int submitters, int each, unsigned doublings = 14) {
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int s = 0; s != submitters; ++s) {
    threads.emplace_back([&, s] {
      std::counting_semaphore<> done(0);
      jitter delay(static_cast<std::uint64_t>(s), doublings);
      std::array<errand, 2> errands;
      for (int i = 1; i <= each; ++i) {
        for (errand& one : errands) {
          one.done = &done;
          one.written = i;
          pool.submit(one);
          delay.spend();
        }
        for (std::size_t left = errands.size(); left != 0; --left) done.acquire();
        if (errands[0].seen != i || errands[1].seen != i) ++wrong;
      }
    });
  }
  for (std::thread& each_of : threads) each_of.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(pool.queue_size(), 0U);
}

TEST(the_threads_of_an_executor, wake_for_every_job) {
  const reliability::watchdog guard("jobs that meet threads falling asleep");
  for (const unsigned threads : {1U, 2U, 3U}) {
    for (const int submitters : {1, 2, 4}) {
      smartasync::thread_pool pool("wakes", {.max_threads = threads});
      run_errands(pool, submitters, rounds(2'000));
    }
  }
}

TEST(the_threads_of_an_executor, retire_only_where_no_job_needs_them) {
  const reliability::watchdog guard("jobs that meet threads retiring");
  for (const auto stays : {0ms, 1ms}) {
    smartasync::thread_pool pool("retires", {.max_threads = 2, .idle_timeout = stays});
    run_errands(pool, 3, rounds(1'000));
    // Few and rare ones, between which a thread is idle for long enough.
    run_errands(pool, 1, rounds(1'000), reliability::beyond_any_look);
  }
}

TEST(the_threads_of_an_executor, take_every_job_of_a_burst) {
  const reliability::watchdog guard("bursts of jobs");
  smartasync::thread_pool pool("bursts", {.max_threads = 2});
  std::counting_semaphore<> done(0);
  std::vector<errand> burst(32);
  jitter delay(7);
  for (int i = 0; i != rounds(500); ++i) {
    for (errand& each : burst) {
      each.done = &done;
      each.written = i;
      pool.submit(each);
    }
    for (std::size_t left = burst.size(); left != 0; --left) done.acquire();
    for (const errand& each : burst) ASSERT_EQ(each.seen, i);
    delay.spend();
  }
}

TEST(the_threads_of_an_executor, wake_for_a_loop_that_falls_asleep_itself) {
  const reliability::watchdog guard("offloads from a loop");
  smartasync::thread_pool pool("offloads", {.max_threads = 2});
  const int count = rounds(3'000);
  const int sum = run([&]() -> task<int> {
    jitter delay(3);
    int calls = 0;
    for (int i = 0; i != count; ++i) {
      calls += co_await smartasync::to_thread(pool, [] { return 1; });
      delay.spend();
    }
    co_return calls;
  });
  EXPECT_EQ(sum, count);
}

TEST(the_threads_of_an_executor, hand_back_what_has_ended_before_they_call_what_waits_for_it) {
  const reliability::watchdog guard("a call that waits for what follows the calls before it");
  for (const unsigned threads : {1U, 2U}) {
    smartasync::thread_pool pool("hands back", {.max_threads = threads});
    constexpr int count = 500;
    std::counting_semaphore<> followed(0);
    run([&]() -> task<> {
      auto short_call = [&]() -> task<> {
        co_await smartasync::to_thread(pool, [] {});
        followed.release();
      };
      auto long_call = [&]() -> task<> {
        co_await smartasync::to_thread(pool, [&] {
          for (int i = 0; i != count; ++i) followed.acquire();
        });
      };
      smartasync::task_group<> group;
      for (int i = 0; i != count; ++i) group.spawn(short_call());
      group.spawn(long_call());
      co_await group.join();
    });
  }
}

TEST(the_threads_of_an_executor, that_block_wake_for_what_they_wait_for_and_for_its_jobs) {
  const reliability::watchdog guard("nested runs in a pool of one thread");
  smartasync::thread_pool pool("nested", {.max_threads = 1});
  const int count = rounds(1'000);
  const int sum = run([&]() -> task<int> {
    auto chain = [&]() -> task<int> {
      int calls = 0;
      for (int i = 0; i != count; ++i) {
        calls += co_await smartasync::to_thread(pool, [&] {
          return run([&]() -> task<int> {
            co_return co_await smartasync::to_thread(pool, [] { return 1; });
          });
        });
      }
      co_return calls;
    };
    const auto [a, b] = co_await smartasync::when_all(chain(), chain());
    co_return a + b;
  });
  EXPECT_EQ(sum, 2 * count);
}

}  // namespace
