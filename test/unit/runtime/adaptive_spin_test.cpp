// SPDX-License-Identifier: MIT
// A look before a sleep: how long it lasts after what kind of waits.
#include "smartasync/detail/adaptive_spin.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace {

using smartasync::detail::adaptive_spin;
using clock = adaptive_spin::clock;

constexpr unsigned short_look = 200;
constexpr int sleeps_before_a_long_one = 4;
constexpr auto soon_enough = clock::time_point::max();
constexpr auto never_for_long = clock::time_point::min();

/// How often it looked for something that does not come.
unsigned looks_in_vain(adaptive_spin& spin, clock::time_point long_until) {
  unsigned looks = 0;
  EXPECT_FALSE(spin.wait([&] { return ++looks == 0; }, long_until));
  return looks;
}

void sleep_shortly(adaptive_spin& spin, int times) {
  for (int i = 0; i != times; ++i) {
    spin.begin_sleep();
    spin.end_sleep();
  }
}

/// On one processor the others need it.
class a_look_before_a_sleep : public testing::Test {
 protected:
  void SetUp() override {
    if (!smartasync::detail::several_processors()) GTEST_SKIP() << "there is one processor";
  }
  adaptive_spin spin_;
};

TEST_F(a_look_before_a_sleep, ends_with_what_it_waits_for) {
  unsigned looks = 0;
  EXPECT_TRUE(spin_.wait([&] { return ++looks == 5; }, never_for_long));
  EXPECT_EQ(looks, 5U);
}

TEST_F(a_look_before_a_sleep, is_not_taken_after_many_in_vain) {
  for (int i = 0; i != 8; ++i) EXPECT_EQ(looks_in_vain(spin_, never_for_long), short_look);
  EXPECT_EQ(looks_in_vain(spin_, never_for_long), 0U);
}

TEST_F(a_look_before_a_sleep, is_taken_again_after_a_sleep_that_did_not_last) {
  for (int i = 0; i != 8; ++i) looks_in_vain(spin_, never_for_long);
  spin_.begin_sleep();
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  spin_.end_sleep();
  EXPECT_EQ(looks_in_vain(spin_, never_for_long), 0U);
  sleep_shortly(spin_, 1);
  EXPECT_EQ(looks_in_vain(spin_, never_for_long), short_look);
}

TEST_F(a_look_before_a_sleep, lasts_longer_only_where_sleeps_do_not_last) {
  EXPECT_EQ(looks_in_vain(spin_, soon_enough), short_look);
  sleep_shortly(spin_, sleeps_before_a_long_one);
  EXPECT_GT(looks_in_vain(spin_, soon_enough), short_look);
}

TEST_F(a_look_before_a_sleep, lasts_no_longer_than_its_caller_allows) {
  sleep_shortly(spin_, sleeps_before_a_long_one);
  EXPECT_EQ(looks_in_vain(spin_, never_for_long), short_look);
  EXPECT_GT(looks_in_vain(spin_, soon_enough), short_look);
}

TEST_F(a_look_before_a_sleep, is_short_for_a_while_after_a_long_one_in_vain) {
  sleep_shortly(spin_, sleeps_before_a_long_one);
  looks_in_vain(spin_, soon_enough);
  for (int i = 0; i != sleeps_before_a_long_one; ++i) {
    EXPECT_EQ(looks_in_vain(spin_, soon_enough), short_look);
    sleep_shortly(spin_, 1);
  }
  EXPECT_GT(looks_in_vain(spin_, soon_enough), short_look);
}

TEST_F(a_look_before_a_sleep, stays_long_while_it_finds_what_it_waits_for) {
  sleep_shortly(spin_, sleeps_before_a_long_one);
  for (int i = 0; i != 20; ++i) {
    unsigned looks = 0;
    EXPECT_TRUE(spin_.wait([&] { return ++looks == short_look + 5; }, soon_enough));
  }
}

}  // namespace
