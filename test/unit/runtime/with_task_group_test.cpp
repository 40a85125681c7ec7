// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "combinator_operations.hpp"
#include "smartasync/context_var.hpp"
#include "smartasync/task_group.hpp"
#include "smartasync/with_timeout.hpp"

namespace {

using namespace combinator_test;
using smartasync::run;
using smartasync::task_group;
using smartasync::with_task_group;

TEST(with_task_group, joins_what_its_function_spawns) {
  const auto results = run(with_task_group<int>([](task_group<int>& group) -> task<> {
    group.spawn(after_yields(1, 3));
    co_await smartasync::yield();
    group.spawn(at_once(2));
  }));
  EXPECT_EQ(results, (std::vector<int>{1, 2}));
  const auto plain = run(with_task_group<int>([](auto& group) { group.spawn(at_once(3)); }));
  EXPECT_EQ(plain, std::vector<int>{3});
}

TEST(with_task_group, gives_the_value_of_its_function_where_the_group_has_none) {
  int ended = 0;
  auto body = [&](task_group<>& group) -> task<std::string> {
    group.spawn([&]() -> task<> {
      co_await after_yields(0, 5);
      ++ended;
    });
    co_return "body";
  };
  EXPECT_EQ(run(with_task_group(body)), "body");
  EXPECT_EQ(ended, 1);
}

TEST(with_task_group, an_exception_of_its_function_cancels_the_members_and_waits) {
  std::vector<std::string> log;
  auto fails = [&](task_group<int>& group) -> task<> {
    group.spawn(until_cancelled(log, "a", 2));
    co_await smartasync::yield();
    co_await smartasync::yield();
    throw std::runtime_error("body");
  };
  EXPECT_EQ(text_of_error([&] { run(with_task_group<int>(fails)); }), "body");
  EXPECT_EQ(log.back(), "a ended");
  auto fails_plainly = [&](task_group<>& group) {
    group.spawn(until_cancelled(log, "b"));
    throw std::runtime_error("plain");
  };
  EXPECT_EQ(text_of_error([&] { run(with_task_group(fails_plainly)); }), "plain");
  EXPECT_EQ(log.back(), "b ended");
}

TEST(with_task_group, a_member_s_failure_cancels_its_function) {
  std::vector<std::string> log;
  auto body = [&](task_group<>& group) -> task<> {
    group.spawn(fails_after_yields("member", 2));
    co_await until_cancelled(log, "body");
  };
  EXPECT_EQ(text_of_error([&] { run(with_task_group(body)); }), "member");
  EXPECT_EQ(log.back(), "body ended");
}

TEST(with_task_group, can_be_cancelled_and_can_nest) {
  std::vector<std::string> log;
  auto inner = [&](task_group<>& group) -> task<> {
    group.spawn(until_cancelled(log, "inner", 1));
    co_await smartasync::sleep_for(for_ever);
  };
  auto outer = [&](task_group<>& group) -> task<> {
    group.spawn(with_task_group(inner));
    group.spawn(until_cancelled(log, "outer"));
    co_return;
  };
  EXPECT_THROW(run(smartasync::with_timeout(1ms, with_task_group(outer))),
               smartasync::timeout_error);
  EXPECT_EQ(log.size(), 6U);
}

TEST(with_task_group, its_function_shares_the_variables_of_its_caller) {
  smartasync::context_var<int> level(0);
  run([&]() -> task<> {
    level.set(1);
    co_await with_task_group([&](task_group<>& group) -> task<> {
      EXPECT_EQ(level.get(), 1);
      level.set(2);
      group.spawn([&]() -> task<> {
        level.set(3);
        co_return;
      });
      co_await smartasync::yield();
    });
    EXPECT_EQ(level.get(), 2);
  });
}

}  // namespace
