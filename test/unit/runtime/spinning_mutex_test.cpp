// SPDX-License-Identifier: MIT
// One thread at a time, whether those who come later find it locked for an instant or for long.
#include "smartasync/detail/spinning_mutex.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

namespace {

using smartasync::detail::spinning_mutex;

TEST(spinning_mutex, lets_in_one_thread_at_a_time) {
  constexpr int threads = 4;
  constexpr int rounds = 20'000;
  spinning_mutex mutex;
  int count = 0;  // Not atomic: ThreadSanitizer looks at it, too.
  std::vector<std::thread> all;
  for (int i = 0; i != threads; ++i) {
    all.emplace_back([&] {
      for (int round = 0; round != rounds; ++round) {
        const std::lock_guard lock(mutex);
        ++count;
      }
    });
  }
  for (std::thread& each : all) each.join();
  EXPECT_EQ(count, threads * rounds);
}

TEST(spinning_mutex, waits_for_one_that_holds_it_for_long) {
  spinning_mutex mutex;
  bool is_over = false;
  std::unique_lock held(mutex);
  std::thread other([&] {
    const std::lock_guard lock(mutex);
    EXPECT_TRUE(is_over);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  is_over = true;
  held.unlock();
  other.join();
}

TEST(spinning_mutex, is_refused_to_who_only_tries_while_it_is_held) {
  spinning_mutex mutex;
  const std::lock_guard held(mutex);
  std::thread([&] { EXPECT_FALSE(mutex.try_lock()); }).join();
}

}  // namespace
