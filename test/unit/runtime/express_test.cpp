// SPDX-License-Identifier: MIT
// A row of short calls goes to one thread; nothing of what a pool promises may change with that.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <latch>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "express.hpp"
#include "smartasync/detail/adaptive_spin.hpp"
#include "smartasync/detail/blocked_call.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/thread_pool.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/when_all.hpp"
#include "smartasync/with_timeout.hpp"

namespace {

using namespace std::chrono_literals;
using reliability::threads_for_rows;
using smartasync::task;
using smartasync::thread_pool;

struct test_job : smartasync::detail::job {
  explicit test_job(std::function<void()> call)
      : job([](smartasync::detail::job* item) noexcept { static_cast<test_job*>(item)->f(); }),
        f(std::move(call)) {}
  std::function<void()> f;
};

/// Short jobs for a pool that has gone over to express. It ends when all have run.
class row_of_jobs {
 public:
  row_of_jobs(thread_pool& pool, int count) : pool_(pool) {
    reliability::reach_express(pool);
    for (int i = 0; i != count; ++i) add([] {});
  }
  ~row_of_jobs() { wait(); }
  row_of_jobs(const row_of_jobs&) = delete;
  row_of_jobs& operator=(const row_of_jobs&) = delete;

  void add(std::function<void()> f) {
    pool_.submit(jobs_.emplace_back([this, f = std::move(f)] {
      f();
      const std::lock_guard lock(mutex_);
      ++ended_;
      ended_one_.notify_one();
    }));
  }
  void wait() {
    std::unique_lock lock(mutex_);
    ended_one_.wait(lock, [&] { return ended_ == jobs_.size(); });
  }

 private:
  thread_pool& pool_;
  std::mutex mutex_;
  std::condition_variable ended_one_;
  std::size_t ended_ = 0;
  std::deque<test_job> jobs_;
};

TEST(express, runs_every_job_of_a_long_row) {
  thread_pool pool("row", {.max_threads = threads_for_rows});
  row_of_jobs row(pool, 20'000);
  row.wait();
  EXPECT_LE(pool.thread_count(), threads_for_rows);
}

TEST(express, a_call_that_waits_for_a_later_one_does_not_hold_it_up) {
  for (int round = 0; round != 5; ++round) {
    thread_pool pool("waits", {.max_threads = threads_for_rows});
    std::latch later_ran(1);
    row_of_jobs row(pool, 2'000);
    row.wait();
    row.add([&] { later_ran.wait(); });
    row.add([&] { later_ran.count_down(); });
  }
}

TEST(express, a_call_behind_others_in_the_row_does_not_hold_up_the_rest) {
  for (int round = 0; round != 5; ++round) {
    thread_pool pool("behind", {.max_threads = threads_for_rows});
    std::latch last_ran(1);
    row_of_jobs row(pool, 2'000);
    row.add([&] { last_ran.wait(); });
    row_of_jobs rest(pool, 2'000);
    row.add([&] { last_ran.count_down(); });
    last_ran.wait();
  }
}

TEST(express, who_waits_for_an_earlier_call_is_resumed_though_the_next_one_is_long) {
  thread_pool pool("earlier", {.max_threads = threads_for_rows});
  reliability::reach_express(pool);
  const auto calls = [&](int times) -> task<int> {
    int value = 0;
    for (int i = 0; i != times; ++i) {
      auto next = smartasync::to_thread(pool, [value] { return value + 1; });
      value = co_await std::move(next);
    }
    co_return value;
  };
  std::latch others_done(1);
  smartasync::run([&]() -> task<> {
    std::vector<task<int>> many;
    for (int i = 0; i != 200; ++i) many.push_back(calls(100));
    auto gathered = smartasync::when_all(std::move(many));
    const std::vector<int> ended = co_await std::move(gathered);
    EXPECT_EQ(ended.size(), 200U);
    // The long call ends only when the coroutines beside it have had their answers.
    const auto beside = [&]() -> task<int> {
      const int value = co_await calls(100);
      others_done.count_down();
      co_return value;
    };
    auto both =
        smartasync::when_all(smartasync::to_thread(pool, [&] { others_done.wait(); }), beside());
    co_await std::move(both);
  });
}

/// A pool of two threads, one of which is at a call until the end.
struct half_busy_pool {
  half_busy_pool() {
    pool.submit(long_call);
    begun.wait();
  }
  ~half_busy_pool() { is_over.count_down(); }

  std::latch begun{1};
  std::latch is_over{1};
  test_job long_call{[this] {
    begun.count_down();
    is_over.wait();
  }};
  thread_pool pool{"half", {.max_threads = 2}};
};

TEST(express, begins_where_all_threads_are_at_work) {
  half_busy_pool half;
  EXPECT_TRUE(reliability::reach_express(half.pool));
}

TEST(express, who_waits_is_resumed_at_once_where_nobody_is_free_to_watch) {
  half_busy_pool half;
  ASSERT_TRUE(reliability::reach_express(half.pool));
  std::latch resumed(1);
  const auto earlier = [&]() -> task<void> {
    auto call = smartasync::to_thread(half.pool, [] {});
    co_await std::move(call);
    resumed.count_down();
  };
  const auto later = [&]() -> task<void> {
    auto call = smartasync::to_thread(half.pool, [&] { resumed.wait(); });
    co_await std::move(call);
  };
  smartasync::run(smartasync::when_all(earlier(), later()));
}

TEST(express, is_not_begun_by_a_thread_that_is_about_to_leave) {
  // Only where its samples are short does a round ask the question.
  for (int round = 0; round != 20; ++round) {
    std::latch blocks(1);
    std::latch is_over(1);
    std::optional<smartasync::detail::blocked_call> block;
    std::deque<test_job> jobs;
    half_busy_pool half;
    const auto submit = [&](std::function<void()> f) {
      half.pool.submit(jobs.emplace_back(std::move(f)));
    };
    submit([&] {
      half.pool.begin_block(block.emplace(&half.pool, nullptr, false));
      blocks.count_down();
      is_over.wait();
    });
    blocks.wait();
    // A reserve thread takes these. The last one is the sample that would begin the express, and
    // the thread for which the reserve works comes back during it.
    constexpr int jobs_before_the_fourth_sample = 29;
    for (int i = 0; i != jobs_before_the_fourth_sample; ++i) submit([] {});
    submit([&] { half.pool.end_block(*block); });
    while (half.pool.thread_count() != 2) std::this_thread::yield();
    EXPECT_FALSE(half.pool.in_express());
    is_over.count_down();
  }
}

TEST(express, a_job_can_be_taken_out_of_the_inbox) {
  thread_pool pool("out", {.max_threads = threads_for_rows});
  std::atomic<int> ran{0};
  int removed = 0;
  std::deque<test_job> jobs;
  {
    row_of_jobs row(pool, 5'000);
    for (int i = 0; i != 5'000; ++i) {
      pool.submit(jobs.emplace_back([&] { ++ran; }));
      if (pool.remove(jobs.back())) ++removed;
    }
  }
  pool.close();
  EXPECT_EQ(ran.load() + removed, 5'000);
}

TEST(express, a_call_may_run_a_task_of_the_same_pool) {
  thread_pool pool("nested", {.max_threads = threads_for_rows});
  reliability::reach_express(pool);
  const auto chain = [&](int times) -> task<int> {
    int value = 0;
    for (int i = 0; i != times; ++i) {
      auto next = smartasync::to_thread(pool, [&, i] {
        const auto inner = [&]() -> task<int> {
          auto one = smartasync::to_thread(pool, [] { return 1; });
          co_return co_await std::move(one);
        };
        return i % 16 == 0 ? smartasync::run(inner()) : 1;
      });
      value += co_await std::move(next);
    }
    co_return value;
  };
  std::vector<task<int>> many;
  for (int i = 0; i != 50; ++i) many.push_back(chain(100));
  int sum = 0;
  for (const int value : smartasync::run(smartasync::when_all(std::move(many)))) sum += value;
  EXPECT_EQ(sum, 5'000);
}

TEST(express, ends_on_one_processor_where_calls_come_one_at_a_time) {
  if (smartasync::detail::several_processors()) GTEST_SKIP() << "there are several";
  thread_pool pool("alone", {.max_threads = threads_for_rows});
  ASSERT_TRUE(reliability::reach_express(pool));
  smartasync::run([&]() -> task<> {
    for (int i = 0; i != 500 && pool.in_express(); ++i) {
      co_await smartasync::to_thread(pool, [] {});
    }
  });
  EXPECT_FALSE(pool.in_express());
}

TEST(express, the_pool_sleeps_when_the_row_is_over) {
  thread_pool pool("quiet", {.max_threads = threads_for_rows, .idle_timeout = 1ms});
  {
    row_of_jobs row(pool, 5'000);
  }
  // Its threads retire as ever, and a job finds a new one.
  smartasync::run(smartasync::sleep_for(50ms));
  std::latch ran(1);
  test_job job([&] { ran.count_down(); });
  pool.submit(job);
  ran.wait();
}

}  // namespace
