// SPDX-License-Identifier: MIT
#include "smartasync/detail/timer_heap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace {

using smartasync::detail::deadline;
using smartasync::detail::timer;
using smartasync::detail::timer_heap;

deadline at(int n) { return deadline(std::chrono::milliseconds(n)); }

TEST(timer_heap, gives_the_earliest_first) {
  std::mt19937 random(1);
  std::vector<timer> timers(1000);
  std::vector<int> keys(timers.size());
  timer_heap heap;
  for (std::size_t i = 0; i != timers.size(); ++i) {
    keys[i] = static_cast<int>(random() % 500);
    heap.insert(timers[i], at(keys[i]));
  }
  std::vector<int> popped;
  while (!heap.empty()) {
    const deadline when = heap.earliest();
    timer& t = heap.pop();
    const int key = keys[static_cast<std::size_t>(&t - timers.data())];
    EXPECT_EQ(when, at(key));
    t.slot = timer::idle;
    popped.push_back(key);
  }
  EXPECT_EQ(popped.size(), timers.size());
  EXPECT_TRUE(std::is_sorted(popped.begin(), popped.end()));
}

TEST(timer_heap, stays_ordered_when_any_timer_is_taken_out) {
  std::mt19937 random(2);
  std::vector<timer> timers(300);
  std::vector<int> keys(timers.size());
  timer_heap heap;
  for (int round = 0; round != 20; ++round) {
    std::vector<std::size_t> inside;
    for (std::size_t i = 0; i != timers.size(); ++i) {
      keys[i] = static_cast<int>(random() % 1000);
      heap.insert(timers[i], at(keys[i]));
      inside.push_back(i);
    }
    std::shuffle(inside.begin(), inside.end(), random);
    std::vector<int> left;
    for (std::size_t i = 0; i != inside.size(); ++i) {
      if (i % 2 == 0) {
        heap.erase(timers[inside[i]]);
      } else {
        left.push_back(keys[inside[i]]);
      }
    }
    std::sort(left.begin(), left.end());
    ASSERT_EQ(heap.size(), left.size());
    for (const int key : left) {
      ASSERT_EQ(heap.earliest(), at(key));
      heap.pop();
    }
  }
}

}  // namespace
