// SPDX-License-Identifier: MIT
// Jobs of one loop go through a ring without an atomic step: none is lost, and none called twice,
// while the taker falls asleep and the ring is shut under the pushes.
#include "smartasync/detail/job_ring.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "smartasync/event_loop.hpp"

namespace {

using smartasync::event_loop;
using smartasync::detail::job;
using smartasync::detail::job_queue;
using smartasync::detail::job_ring;
using smartasync::detail::work_item;
using answer = job_ring::answer;

std::deque<job> jobs(std::size_t count) {
  std::deque<job> made;
  for (std::size_t i = 0; i != count; ++i) made.emplace_back(nullptr);
  return made;
}

std::vector<const work_item*> taken(job_ring& ring, std::size_t most) {
  std::vector<work_item*> found(most);
  found.resize(ring.take(found));
  return {found.begin(), found.end()};
}

class a_ring_of_jobs : public testing::Test {
 protected:
  void open_for(event_loop& loop) {
    ring_.give(loop);
    ring_.open();
  }

  event_loop mine_;
  event_loop other_;
  job_ring ring_;
};

TEST_F(a_ring_of_jobs, is_nobodys_at_first) {
  job one(nullptr);
  EXPECT_EQ(ring_.owner(), nullptr);
  ring_.open();
  EXPECT_EQ(ring_.push(one, mine_), answer::refused);
  EXPECT_TRUE(ring_.empty());
  EXPECT_TRUE(ring_.fall_asleep(false));
}

TEST_F(a_ring_of_jobs, gives_the_jobs_of_its_loop_in_order) {
  std::deque<job> three = jobs(3);
  job theirs(nullptr);
  open_for(mine_);
  for (job& each : three) EXPECT_EQ(ring_.push(each, mine_), answer::taken);
  EXPECT_EQ(ring_.push(theirs, other_), answer::refused);
  EXPECT_EQ(ring_.size(), 3U);
  EXPECT_EQ(taken(ring_, 2), (std::vector<const work_item*>{&three[0], &three[1]}));
  EXPECT_EQ(taken(ring_, 2), (std::vector<const work_item*>{&three[2]}));
  EXPECT_TRUE(ring_.empty());
}

TEST_F(a_ring_of_jobs, refuses_what_it_has_no_room_for) {
  std::deque<job> many = jobs(job_ring::capacity + 1);
  open_for(mine_);
  for (int round = 0; round != 3; ++round) {
    for (std::size_t i = 0; i != job_ring::capacity; ++i) {
      ASSERT_EQ(ring_.push(many[i], mine_), answer::taken);
    }
    EXPECT_EQ(ring_.push(many.back(), mine_), answer::refused);
    EXPECT_EQ(taken(ring_, 1), std::vector<const work_item*>{&many[0]});
    EXPECT_EQ(ring_.push(many.back(), mine_), answer::taken);
    EXPECT_EQ(taken(ring_, 2000).back(), &many.back());
  }
}

TEST_F(a_ring_of_jobs, is_shut_and_opened_for_the_same_loop) {
  std::deque<job> two = jobs(2);
  open_for(mine_);
  ASSERT_EQ(ring_.push(two[0], mine_), answer::taken);
  ring_.shut();
  EXPECT_EQ(ring_.push(two[1], mine_), answer::refused);
  job_queue queue;
  ring_.take(queue);
  EXPECT_EQ(queue.pop(), &two[0]);
  EXPECT_TRUE(queue.empty());
  ring_.open();
  EXPECT_EQ(ring_.push(two[1], mine_), answer::taken);
}

TEST_F(a_ring_of_jobs, is_given_to_another_loop_once_its_own_has_ended) {
  std::deque<job> two = jobs(2);
  open_for(mine_);
  ASSERT_EQ(ring_.push(two[0], mine_), answer::taken);
  ASSERT_EQ(taken(ring_, 1).size(), 1U);
  ring_.give_back();
  EXPECT_EQ(ring_.owner(), nullptr);
  EXPECT_EQ(ring_.push(two[1], mine_), answer::refused);
  open_for(other_);
  EXPECT_EQ(ring_.push(two[1], mine_), answer::refused);
  EXPECT_EQ(ring_.push(two[1], other_), answer::taken);
}

TEST_F(a_ring_of_jobs, has_its_sleeping_taker_woken_once) {
  for (const bool is_watched : {false, true}) {
    std::deque<job> two = jobs(2);
    job_ring ring;
    ring.give(mine_);
    ring.open();
    ASSERT_TRUE(ring.fall_asleep(is_watched));
    // It may be asleep already.
    ASSERT_TRUE(ring.fall_asleep(is_watched));
    EXPECT_EQ(ring.push(two[0], mine_),
              is_watched ? answer::wakes_taker_soon : answer::wakes_taker);
    EXPECT_EQ(ring.push(two[1], mine_), answer::taken);
    EXPECT_FALSE(ring.fall_asleep(is_watched));
    EXPECT_EQ(taken(ring, 2).size(), 2U);
    EXPECT_TRUE(ring.fall_asleep(is_watched));
  }
}

TEST_F(a_ring_of_jobs, gives_back_what_was_pushed_last_and_not_taken) {
  std::deque<job> two = jobs(2);
  open_for(mine_);
  ASSERT_EQ(ring_.push(two[0], mine_), answer::taken);
  ASSERT_EQ(ring_.push(two[1], mine_), answer::taken);
  EXPECT_FALSE(ring_.retract(two[0]));
  EXPECT_TRUE(ring_.retract(two[1]));
  EXPECT_EQ(taken(ring_, 2), std::vector<const work_item*>{&two[0]});
  EXPECT_FALSE(ring_.retract(two[0]));
}

/// Another thread takes jobs, and ever again falls asleep or shuts the ring; what that needs to go
/// on comes from who pushes, so that a job that is lost is never found.
class loses_nothing : public a_ring_of_jobs {
 protected:
  void run(std::size_t count) {
    std::deque<job> all = jobs(count);
    open_for(mine_);
    std::thread other([&] { take_by_turns(); });
    bool is_found = true;
    for (std::size_t i = 0; i != count && is_found; ++i) {
      push(all[i]);
      // Now and then alone, so that nothing that comes after it could help.
      if (i % 4 == 0) is_found = comes_to(i + 1);
    }
    is_found = is_found && comes_to(count);
    over_ = true;
    other.join();
    ASSERT_TRUE(is_found) << "lost after " << found_.size();
    for (std::size_t i = 0; i != count; ++i) ASSERT_EQ(found_[i], &all[i]);
  }

 private:
  void push(job& j) {
    answer said = ring_.push(j, mine_);
    if (said == answer::wakes_taker || said == answer::wakes_taker_soon) is_asleep_ = false;
    const std::lock_guard lock(mutex_);
    if (said == answer::left_behind && ring_.retract(j)) said = answer::refused;
    if (said != answer::refused) return;
    take_all();
    note(&j);
    is_shut_ = false;
    ring_.open();
  }

  void take_by_turns() {
    for (unsigned turn = 0; !over_; ++turn) {
      if (!take(turn)) std::this_thread::yield();
    }
  }

  /// False where who pushes is to go on first.
  bool take(unsigned turn) {
    const std::lock_guard lock(mutex_);
    if (is_asleep_ || is_shut_) return false;
    if (turn % 3 != 0) {
      take_all();
    } else if (turn % 2 == 0) {
      is_asleep_ = true;
      if (!ring_.fall_asleep(turn % 4 == 0)) is_asleep_ = false;
    } else {
      is_shut_ = true;
      ring_.shut();
      take_all();
    }
    return true;
  }

  void take_all() {
    job_queue queue;
    ring_.take(queue);
    while (const job* const next = queue.pop()) note(next);
  }
  void note(const work_item* item) {
    found_.push_back(item);
    ++count_;
  }

  [[nodiscard]] bool comes_to(std::size_t count) const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (count_ != count) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::yield();
    }
    return true;
  }

  std::mutex mutex_;  // The executor's.
  bool is_shut_ = false;
  std::vector<const work_item*> found_;
  std::atomic<std::size_t> count_{0};
  std::atomic<bool> is_asleep_{false};
  std::atomic<bool> over_{false};
};

TEST_F(loses_nothing, while_it_is_shut_and_its_taker_sleeps) {
  smartasync::detail::prepare_asymmetric_fences();
  run(20'000);
}

TEST_F(loses_nothing, where_the_kernel_has_no_heavy_fence) {
  smartasync::detail::has_heavy_fence = false;
  run(20'000);
}

}  // namespace
