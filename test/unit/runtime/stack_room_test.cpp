// SPDX-License-Identifier: MIT
#include "smartasync/detail/stack_room.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "foreign_coroutine.hpp"
#include "smartasync/run.hpp"
#include "smartasync/task.hpp"
#include "smartasync/when_all.hpp"
#include "smartasync/yield.hpp"
#include "stacks.hpp"

namespace {

using namespace stacks;
using smartasync::run;
using smartasync::task;

constexpr std::size_t most_room = std::size_t{1024} * 1024;

/// Far more than any of the stacks has room for.
constexpr int deep = 100'000;

/// How far down the tasks of a chain have been.
std::uintptr_t lowest_task = 0;

task<int> chain(int depth) {
  lowest_task = std::min(lowest_task, smartasync::detail::stack_here());
  if (depth == 0) co_return 0;
  co_return 1 + co_await chain(depth - 1);
}

task<int> nest(int depth) {
  lowest_task = std::min(lowest_task, smartasync::detail::stack_here());
  if (depth == 0) co_return 0;
  const auto [below, here] = co_await smartasync::when_all(nest(depth - 1), chain(0));
  co_return below + here + 1;
}

foreign_coroutine await_outside(int depth, int& value) { value = co_await chain(depth); }

/// Runs both and gives the lowest place that a task stood on.
std::uintptr_t lowest_of_deep_tasks() {
  lowest_task = UINTPTR_MAX;
  EXPECT_EQ(run(chain(deep)), deep);
  EXPECT_EQ(run(nest(deep / 10)), deep / 10);
  return lowest_task;
}

/// Where nested starts end on a thread's own stack.
std::uintptr_t bound_on(const region& stack) {
  return stack.top - std::min(most_room, stack.size() / 2);
}

/// The starts go down to the bound, and past it by no more than one.
void expect_bound_is_kept() {
  const std::uintptr_t bound = bound_on(stack_of_this_thread());
  const std::uintptr_t lowest = lowest_of_deep_tasks();
  EXPECT_LT(lowest, bound + one_start) << "the room is used";
  EXPECT_GT(lowest, bound - one_start) << "and no more than that";
}

TEST(stack_room, is_kept_on_a_thread_with_a_small_stack) {
  for (const std::size_t size : {small_stack, 2 * small_stack, 4 * small_stack}) {
    on_a_thread(size, [] { expect_bound_is_kept(); });
  }
}

TEST(stack_room, is_a_mebibyte_of_a_large_stack) {
  on_a_thread(8 * most_room, [] { expect_bound_is_kept(); });
}

TEST(stack_room, is_kept_on_the_main_thread) { expect_bound_is_kept(); }

TEST(stack_room, is_kept_where_the_main_thread_may_not_grow_its_stack_far) {
  const pid_t child = fork();
  if (child == 0) {
    const rlimit small{most_room / 2, most_room / 2};
    setrlimit(RLIMIT_STACK, &small);
    smartasync::detail::state_here().stack_room = 0;  // As if nobody had asked before.
    expect_bound_is_kept();
    _exit(testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST(stack_room, is_there_once_somebody_has_asked_where_the_stack_is) {
  on_a_thread(small_stack, [] {
    EXPECT_FALSE(smartasync::detail::has_stack_room());
    EXPECT_EQ(run(chain(3)), 3);
    EXPECT_TRUE(smartasync::detail::has_stack_room());
  });
}

TEST(stack_room, is_that_of_the_stack_wherever_somebody_asks_first) {
  // Not far above the bound, and below it.
  for (const bool past : {false, true}) {
    on_a_thread(4 * small_stack, [past] {
      const region stack = stack_of_this_thread();
      const std::uintptr_t bound = bound_on(stack);
      const std::uintptr_t from = past ? bound - 2 * one_start : bound + 2 * one_start;
      standing_at(from, [&] {
        smartasync::detail::find_stack_room(smartasync::detail::state_here());
        EXPECT_NE(smartasync::detail::has_stack_room(), past);
        EXPECT_GT(lowest_of_deep_tasks(), std::min(bound, from) - one_start);
      });
    });
  }
}

void expect_no_room_on(foreign_stack& stack) {
  bool has_room = true;
  stack.call([&] { has_room = smartasync::detail::has_stack_room(); });
  EXPECT_FALSE(has_room);
  EXPECT_TRUE(smartasync::detail::has_stack_room());
  stack.call([] { EXPECT_EQ(run(chain(deep)), deep); });
}

TEST(stack_room, is_none_on_a_stack_that_is_not_the_threads_own) {
  // Systems map one below the other, or above it: one of these is on either side of the thread's,
  // which is larger than any that is kept from an earlier thread.
  foreign_stack made_before(small_stack);
  on_a_thread(32 * most_room, [&] {
    foreign_stack made_after(small_stack);
    run(chain(3));
    ASSERT_TRUE(smartasync::detail::has_stack_room());
    expect_no_room_on(made_before);
    expect_no_room_on(made_after);
  });
}

TEST(stack_room, is_not_needed_for_deep_chains_on_a_stack_that_is_not_the_threads_own) {
  foreign_stack stack(small_stack);
  std::uintptr_t lowest = 0;
  stack.call([&] { lowest = lowest_of_deep_tasks(); });
  EXPECT_GT(lowest, stack.area().top - stack.area().size() / 2) << "each start waits";
}

TEST(stack_room, is_not_needed_where_another_stack_is_entered_in_a_step_of_the_loop) {
  foreign_stack stack(small_stack);
  int value = 0;
  run([&]() -> task<> {
    stack.call([&] { await_outside(deep, value); });
    while (value == 0) co_await smartasync::yield();
  });
  EXPECT_EQ(value, deep);
}

TEST(stack_room, is_kept_where_no_loop_runs) {
  on_a_thread(small_stack, [] {
    lowest_task = UINTPTR_MAX;
    int value = 0;
    await_outside(deep, value);
    EXPECT_EQ(value, deep);
    EXPECT_GT(lowest_task, bound_on(stack_of_this_thread()) - one_start);
  });
}

TEST(stack_room, is_not_needed_where_no_loop_runs_on_a_stack_that_is_not_the_threads_own) {
  foreign_stack stack(small_stack);
  lowest_task = UINTPTR_MAX;
  int value = 0;
  stack.call([&] { await_outside(deep, value); });
  EXPECT_EQ(value, deep);
  EXPECT_GT(lowest_task, stack.area().top - stack.area().size() / 2) << "each start waits";
}

TEST(stack_room, is_that_of_the_thread_where_a_foreign_stack_was_first_to_ask) {
  on_a_thread(4 * small_stack, [] {
    foreign_stack stack(small_stack);
    stack.call([] { EXPECT_EQ(run(chain(deep)), deep); });
    expect_bound_is_kept();
  });
}

}  // namespace
