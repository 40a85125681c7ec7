// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <atomic>
#include <exception>

#include "combinator_operations.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/task_group.hpp"

namespace {

using namespace combinator_test;
using smartasync::run;
using smartasync::task_group;

TEST(task_group, refuses_a_spawn_after_the_join_and_a_second_join) {
  run([]() -> task<> {
    task_group<> group;
    group.spawn(at_once(1));
    co_await group.join();
    EXPECT_THROW(group.spawn(at_once(2)), std::logic_error);
    bool refused = false;
    try {
      co_await group.join();
    } catch (const std::logic_error&) {
      refused = true;
    }
    EXPECT_TRUE(refused);
  });
}

TEST(task_group, is_refused_where_no_loop_runs) {
  EXPECT_THROW(task_group<>(), smartasync::wrong_loop_error);
  run([]() -> task<> {
    task_group<> group;
    co_await smartasync::to_thread(
        [&] { EXPECT_THROW(group.spawn(at_once(1)), smartasync::wrong_loop_error); });
  });
}

std::atomic<int> unseen{0};

TEST(task_group, reports_a_failure_that_no_join_has_seen) {
  unseen = 0;
  const auto before =
      smartasync::set_unhandled_exception_handler([](std::exception_ptr e) noexcept {
        try {
          std::rethrow_exception(e);
        } catch (const std::runtime_error&) {
          ++unseen;
        } catch (...) {
        }
      });
  run([]() -> task<> {
    task_group<> group;
    group.spawn(fails_at_once("unseen"));
    co_await smartasync::yield();
    co_await smartasync::yield();
  });
  smartasync::set_unhandled_exception_handler(before);
  EXPECT_EQ(unseen, 1);
}

TEST(task_group_death_test, destroyed_with_members_running_it_ends_the_program) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(run([]() -> task<> {
                 task_group<> group;
                 group.spawn(smartasync::sleep_for(for_ever));
                 co_await smartasync::yield();
               }),
               "a task_group was destroyed while its members run");
  EXPECT_DEATH(run([]() -> task<> {
                 task_group<int> group;
                 group.spawn(at_once(1));
                 co_return;
               }),
               "a task_group was destroyed while its members run");
}

}  // namespace
