// SPDX-License-Identifier: MIT
#include "smartasync/thread_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <latch>
#include <memory>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "smartasync/detail/blocked_call.hpp"
#include "smartasync/errors.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::thread_pool;

/// A job that calls a function and that a test can wait for.
struct test_job : smartasync::detail::job {
  explicit test_job(std::function<void()> call)
      : job([](smartasync::detail::job* item) noexcept {
          auto* self = static_cast<test_job*>(item);
          self->f();
          self->done.count_down();
        }),
        f(std::move(call)) {}
  std::function<void()> f;
  std::latch done{1};
};

/// Holds the thread that executes it until it may end.
struct holding_job : test_job {
  holding_job()
      : test_job([this] {
          started.count_down();
          may_end.wait();
        }) {}
  std::latch started{1};
  std::latch may_end{1};
};

TEST(thread_pool, has_no_thread_until_one_is_needed) {
  thread_pool pool("idle");
  EXPECT_EQ(pool.thread_count(), 0U);
  test_job job([] {});
  pool.submit(job);
  job.done.wait();
  EXPECT_EQ(pool.thread_count(), 1U);
}

TEST(thread_pool, uses_an_idle_thread_again) {
  thread_pool pool("again");
  std::set<std::thread::id> threads;
  constexpr std::size_t jobs = 50;
  for (std::size_t i = 0; i != jobs; ++i) {
    test_job job([&] { threads.insert(std::this_thread::get_id()); });
    pool.submit(job);
    job.done.wait();
  }
  // One that has just ended a job may not be idle yet when the next comes, and whichever became
  // idle last is used: the first may rest for long.
  EXPECT_LE(pool.thread_count(), pool.options().max_threads);
  EXPECT_LT(threads.size(), jobs / 2);
}

TEST(thread_pool, grows_to_its_limit_and_queues_the_rest) {
  thread_pool pool("limit", {.max_threads = 3});
  std::latch may_end(1);
  std::latch started(3);
  std::atomic<int> running{0};
  std::atomic<int> most{0};
  std::vector<std::unique_ptr<test_job>> jobs;
  for (int i = 0; i != 6; ++i) {
    jobs.push_back(std::make_unique<test_job>([&, i] {
      const int now = ++running;
      int seen = most.load();
      while (seen < now && !most.compare_exchange_weak(seen, now)) {
      }
      if (i < 3) {
        started.count_down();
        may_end.wait();
      }
      --running;
    }));
    pool.submit(*jobs.back());
  }
  started.wait();
  EXPECT_EQ(pool.thread_count(), 3U);
  EXPECT_EQ(pool.queue_size(), 3U);
  may_end.count_down();
  for (auto& job : jobs) job->done.wait();
  EXPECT_EQ(most.load(), 3);
}

TEST(thread_pool, keeps_waiting_what_its_queue_has_no_room_for) {
  thread_pool pool("full", {.max_threads = 1, .max_queue = 1});
  holding_job first;
  test_job second([] {});
  test_job third([] {});
  test_job fourth([] {});
  pool.submit(first);
  first.started.wait();
  pool.submit(second);
  pool.submit(third);
  pool.submit(fourth);
  EXPECT_EQ(pool.queue_size(), 1U);
  EXPECT_EQ(pool.waiting_size(), 2U);
  EXPECT_TRUE(pool.remove(third));
  EXPECT_EQ(pool.waiting_size(), 1U);
  first.may_end.count_down();
  second.done.wait();
  fourth.done.wait();
}

TEST(thread_pool, refuses_what_its_queue_has_no_room_for_where_nobody_wants_to_wait) {
  thread_pool pool("full",
                   {.max_threads = 1, .max_queue = 1, .full = smartasync::when_full::refuse});
  holding_job first;
  test_job second([] {});
  test_job third([] {});
  pool.submit(first);
  first.started.wait();
  pool.submit(second);
  EXPECT_THROW(pool.submit(third), smartasync::executor_full_error);
  first.may_end.count_down();
  second.done.wait();
  pool.submit(third);
  third.done.wait();
}

TEST(thread_pool, gives_back_a_job_that_has_not_started) {
  thread_pool pool("remove", {.max_threads = 1});
  holding_job first;
  bool ran = false;
  test_job second([&] { ran = true; });
  test_job third([] {});
  pool.submit(first);
  first.started.wait();
  pool.submit(second);
  pool.submit(third);
  EXPECT_FALSE(pool.remove(first));
  EXPECT_TRUE(pool.remove(second));
  EXPECT_FALSE(pool.remove(second));
  first.may_end.count_down();
  third.done.wait();
  EXPECT_FALSE(pool.remove(third));
  EXPECT_FALSE(ran);
}

TEST(thread_pool, retires_threads_that_stay_idle_and_starts_others_later) {
  thread_pool pool("retire", {.max_threads = 2, .idle_timeout = 1ms});
  for (int round = 0; round != 3; ++round) {
    test_job job([] {});
    pool.submit(job);
    job.done.wait();
    const auto give_up = std::chrono::steady_clock::now() + 1min;
    while (pool.thread_count() != 0 && std::chrono::steady_clock::now() < give_up) {
      std::this_thread::yield();
    }
    EXPECT_EQ(pool.thread_count(), 0U);
  }
}

TEST(thread_pool, runs_what_is_queued_before_it_is_destroyed) {
  std::atomic<int> ran{0};
  std::vector<std::unique_ptr<test_job>> jobs;
  for (int i = 0; i != 100; ++i) jobs.push_back(std::make_unique<test_job>([&] { ++ran; }));
  {
    thread_pool pool("end", {.max_threads = 2});
    for (auto& job : jobs) pool.submit(*job);
  }
  EXPECT_EQ(ran.load(), 100);
}

TEST(thread_pool, refuses_jobs_once_it_is_closed) {
  thread_pool pool("closed");
  pool.close();
  test_job job([] {});
  EXPECT_THROW(pool.submit(job), smartasync::loop_closed_error);
}

TEST(thread_pool, takes_jobs_from_many_threads) {
  thread_pool pool("many", {.max_threads = 4});
  std::atomic<int> ran{0};
  std::vector<std::thread> submitters;
  for (int t = 0; t != 4; ++t) {
    submitters.emplace_back([&] {
      for (int i = 0; i != 500; ++i) {
        test_job job([&] { ++ran; });
        pool.submit(job);
        job.done.wait();
      }
    });
  }
  for (auto& s : submitters) s.join();
  EXPECT_EQ(ran.load(), 2000);
}

TEST(thread_pool, opens_a_reserve_thread_for_the_queue_while_a_thread_blocks) {
  thread_pool pool("reserve", {.max_threads = 1, .reserve_threads = 1});
  std::latch other_ran(1);
  test_job other([&] { other_ran.count_down(); });
  test_job blocker([&] {
    pool.submit(other);
    smartasync::detail::blocked_call here(&pool, nullptr, false);
    const smartasync::detail::blocking_here blocks(here);
    other_ran.wait();
  });
  pool.submit(blocker);
  blocker.done.wait();
  EXPECT_LE(pool.thread_count(), 2U);
}

TEST(thread_pool, needs_a_thread) {
  EXPECT_THROW(thread_pool("none", {.max_threads = 0}), std::invalid_argument);
}

}  // namespace
