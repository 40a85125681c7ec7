// SPDX-License-Identifier: MIT
// What a thread claims at once it calls in order, and gives back when it is asked: each job, and
// each who waits for one, comes to one side alone.
#include "smartasync/detail/job_batch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "smartasync/event_loop.hpp"

namespace {

using smartasync::detail::finished_row;
using smartasync::detail::job;
using smartasync::detail::job_batch;
using smartasync::detail::job_queue;
using smartasync::detail::job_ring;
using smartasync::detail::work_item;

/// Where they are at home for whom no other loop is named. It never runs.
smartasync::event_loop& some_loop() {
  static smartasync::event_loop loop;
  return loop;
}

struct row_of_jobs {
  explicit row_of_jobs(std::size_t count, smartasync::event_loop* home = &some_loop()) {
    for (std::size_t i = 0; i != count; ++i) jobs.emplace_back(nullptr).home = home;
  }
  void queue_all(job_queue& queue) {
    for (job& each : jobs) queue.push(each);
  }
  /// As the inbox has them: returns the newest, each with the one before it in its `next`.
  [[nodiscard]] work_item& stack_all() {
    work_item* newest = nullptr;
    for (job& each : jobs) {
      each.next = newest;
      newest = &each;
    }
    return *newest;
  }
  [[nodiscard]] std::size_t number_of(const job& j) const {
    std::size_t i = 0;
    while (&jobs[i] != &j) ++i;
    return i;
  }

  std::deque<job> jobs;
};

/// The owner calls so many jobs.
void call_next(job_batch& batch, int count) {
  for (int i = 0; i != count; ++i) {
    ASSERT_NE(batch.begin_next(), nullptr);
    batch.ended();
  }
}

/// The oldest first.
std::vector<const work_item*> listed(const finished_row& row) {
  std::vector<const work_item*> found;
  for (const work_item* each = row.oldest; each != nullptr; each = each->next) {
    found.push_back(each);
    if (each == row.newest) break;
  }
  return found;
}

std::vector<const job*> listed(const job_queue& queue) {
  std::vector<const job*> found;
  for (const job* each = queue.front(); each != nullptr;
       each = static_cast<const job*>(each->next)) {
    found.push_back(each);
  }
  return found;
}

TEST(job_batch, gives_its_jobs_in_order_and_then_who_waits_for_them) {
  row_of_jobs five(5);
  job_queue queue;
  five.queue_all(queue);
  job_batch batch;
  batch.fill(queue, 4);
  EXPECT_EQ(batch.size(), 4U);
  for (std::size_t i = 0; i != 4; ++i) {
    EXPECT_EQ(batch.begin_next(), &five.jobs[i]);
    batch.ended();
  }
  EXPECT_EQ(batch.begin_next(), nullptr);
  EXPECT_EQ(
      listed(batch.finish(queue)),
      (std::vector<const work_item*>{&five.jobs[0], &five.jobs[1], &five.jobs[2], &five.jobs[3]}));
  EXPECT_EQ(batch.size(), 0U);
  EXPECT_EQ(listed(queue), std::vector<const job*>{&five.jobs[4]});
}

TEST(job_batch, tells_who_waits_of_one_that_goes_home_a_little_later) {
  row_of_jobs eight(8);
  job_queue queue;
  eight.queue_all(queue);
  job_batch batch;
  batch.fill(queue, 8);
  call_next(batch, 8);
  EXPECT_EQ(listed(batch.finish(queue)).size(), 8U);
  for (std::size_t i = 0; i != 8; ++i) {
    EXPECT_EQ(eight.jobs[i].before, i < 3 ? &eight.jobs[i + 5] : nullptr);
  }
}

TEST(job_batch, has_the_jobs_of_one_home) {
  smartasync::event_loop other;
  row_of_jobs mine(2);
  row_of_jobs theirs(1, &other);
  job_queue queue;
  mine.queue_all(queue);
  theirs.queue_all(queue);
  job_batch batch;
  batch.fill(queue, job_batch::capacity);
  EXPECT_EQ(batch.size(), 2U);
  EXPECT_EQ(listed(queue), std::vector<const job*>{&theirs.jobs[0]});
}

TEST(job_batch, gives_the_jobs_of_a_stack_in_order_too) {
  row_of_jobs many(job_batch::capacity);
  job_queue queue;
  job_batch batch;
  for (int round = 0; round != 2; ++round) {
    ASSERT_TRUE(batch.fill(many.stack_all(), job_batch::capacity));
    EXPECT_EQ(batch.size(), many.jobs.size());
    for (std::size_t i = 0; i != many.jobs.size(); ++i) {
      ASSERT_EQ(batch.begin_next(), &many.jobs[i]);
      batch.ended();
    }
    EXPECT_EQ(batch.begin_next(), nullptr);
    const std::vector<const work_item*> waiting = listed(batch.finish(queue));
    EXPECT_EQ(waiting.size(), many.jobs.size());
    EXPECT_EQ(waiting.front(), &many.jobs.front());
  }
}

TEST(job_batch, gives_the_jobs_of_a_ring_in_order_and_leaves_the_rest_there) {
  smartasync::event_loop home;
  row_of_jobs five(5, &home);
  job_ring ring;
  job_batch batch;
  EXPECT_FALSE(batch.fill(ring, 3));
  ring.give(home);
  ring.open();
  for (job& each : five.jobs) ASSERT_EQ(ring.push(each, home), job_ring::answer::taken);
  job_queue queue;
  std::size_t next = 0;
  for (const std::size_t many : {3U, 2U}) {
    ASSERT_TRUE(batch.fill(ring, 3));
    EXPECT_EQ(batch.home(), &home);
    EXPECT_EQ(batch.size(), many);
    for (std::size_t i = 0; i != many; ++i) {
      EXPECT_EQ(batch.begin_next(), &five.jobs[next++]);
      batch.ended();
    }
    EXPECT_EQ(listed(batch.finish(queue)).size(), many);
  }
  EXPECT_FALSE(batch.fill(ring, 3));
}

TEST(job_batch, leaves_a_stack_as_it_is_that_is_too_much_for_it) {
  smartasync::event_loop other;
  row_of_jobs five(5);
  job_batch batch;
  work_item& newest = five.stack_all();
  EXPECT_FALSE(batch.fill(newest, 4));
  five.jobs[0].home = &other;
  EXPECT_FALSE(batch.fill(newest, 5));
  EXPECT_EQ(batch.size(), 0U);
  EXPECT_EQ(batch.begin_next(), nullptr);
  job_queue queue;
  queue.append_stack(newest);
  EXPECT_EQ(listed(queue), (std::vector<const job*>{&five.jobs[0], &five.jobs[1], &five.jobs[2],
                                                    &five.jobs[3], &five.jobs[4]}));
  batch.fill(queue, 5);
  EXPECT_EQ(batch.begin_next(), &five.jobs[0]);
  EXPECT_EQ(batch.begin_next(), nullptr);
}

TEST(job_batch, gives_the_jobs_of_a_stack_back) {
  row_of_jobs four(4);
  row_of_jobs later(1);
  job_queue queue;
  later.queue_all(queue);
  job_batch batch;
  ASSERT_TRUE(batch.fill(four.stack_all(), 4));
  ASSERT_EQ(batch.begin_next(), &four.jobs[0]);
  EXPECT_EQ(listed(batch.take_back(queue)).size(), 0U);
  EXPECT_EQ(listed(queue),
            (std::vector<const job*>{&four.jobs[1], &four.jobs[2], &four.jobs[3], &later.jobs[0]}));
  for (const job& each : four.jobs) EXPECT_EQ(each.queued, &each != &four.jobs[0]);
}

TEST(job_batch, gives_back_all_but_the_call_that_is_being_made) {
  row_of_jobs five(5);
  job_queue queue;
  five.queue_all(queue);
  job_batch batch;
  batch.fill(queue, 4);
  call_next(batch, 2);
  ASSERT_EQ(batch.begin_next(), &five.jobs[2]);
  EXPECT_EQ(listed(batch.take_back(queue)),
            (std::vector<const work_item*>{&five.jobs[0], &five.jobs[1]}));
  EXPECT_EQ(listed(queue), (std::vector<const job*>{&five.jobs[3], &five.jobs[4]}));
  EXPECT_EQ(batch.size(), 0U);
  // A second time there is nothing.
  EXPECT_EQ(listed(batch.take_back(queue)).size(), 0U);
  batch.ended();
  EXPECT_EQ(batch.begin_next(), nullptr);
  EXPECT_EQ(listed(batch.finish(queue)), std::vector<const work_item*>{&five.jobs[2]});
}

TEST(job_batch, touches_no_job_that_was_called_and_nobody_waits_for) {
  row_of_jobs three(3, nullptr);
  job_queue queue;
  three.queue_all(queue);
  job_batch batch;
  batch.fill(queue, 3);
  for (int i = 0; i != 2; ++i) {
    ASSERT_EQ(batch.begin_next(), &three.jobs.front());
    three.jobs.pop_front();  // It is gone: AddressSanitizer sees who touches it.
    batch.ended();
  }
  EXPECT_EQ(listed(batch.take_back(queue)).size(), 0U);
  EXPECT_EQ(listed(queue), std::vector<const job*>{&three.jobs.front()});
  EXPECT_EQ(listed(batch.finish(queue)).size(), 0U);
}

TEST(job_batch, gives_nobody_back_before_it_has_begun) {
  row_of_jobs two(2);
  job_queue queue;
  two.queue_all(queue);
  job_batch batch;
  batch.fill(queue, 2);
  EXPECT_EQ(listed(batch.take_back(queue)).size(), 0U);
  EXPECT_EQ(listed(queue), (std::vector<const job*>{&two.jobs[0], &two.jobs[1]}));
  EXPECT_EQ(batch.begin_next(), nullptr);
  EXPECT_EQ(listed(batch.finish(queue)).size(), 0U);
}

TEST(job_batch, does_not_give_back_the_next_one) {
  row_of_jobs one(1);
  job_queue queue;
  job_batch batch;
  // Between two batches there is nothing.
  EXPECT_EQ(listed(batch.take_back(queue)).size(), 0U);
  one.queue_all(queue);
  batch.fill(queue, 1);
  EXPECT_EQ(batch.begin_next(), &one.jobs[0]);
}

TEST(job_batch, is_shared_out_between_its_owner_and_who_takes_it_back) {
  constexpr std::size_t count = 50;
  for (int round = 0; round != 500; ++round) {
    row_of_jobs all(count);
    std::mutex mutex;
    job_queue queue;
    job_batch batch;
    ASSERT_TRUE(batch.fill(all.stack_all(), count));
    std::vector<int> called(count);
    std::vector<const work_item*> posted;
    const auto post = [&](const finished_row& row) {
      for (const work_item* each : listed(row)) posted.push_back(each);
    };
    std::atomic<bool> over{false};
    std::thread other([&] {
      while (!over) {
        const std::lock_guard lock(mutex);
        post(batch.take_back(queue));
      }
    });
    std::unique_lock lock(mutex);
    for (;;) {
      lock.unlock();
      while (job* const j = batch.begin_next()) {
        const std::size_t i = all.number_of(*j);
        ++called[i];
        batch.ended();
      }
      lock.lock();
      post(batch.finish(queue));
      if (queue.empty()) break;
      batch.fill(queue, 7);
    }
    lock.unlock();
    over = true;
    other.join();
    EXPECT_EQ(called, std::vector<int>(count, 1));
    std::vector<const work_item*> everybody;
    for (const job& each : all.jobs) everybody.push_back(&each);
    EXPECT_EQ(posted, everybody);
  }
}

}  // namespace
