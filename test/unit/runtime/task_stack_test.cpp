// SPDX-License-Identifier: MIT
// Built without optimisation whatever the rest is built with: there GCC makes no tail call of a
// symmetric transfer, and what grows the stack shows.
#include <gtest/gtest.h>

#include <cstdint>

#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/task.hpp"

namespace {

using smartasync::run;
using smartasync::task;

#if SMARTASYNC_TEST_SLOW_BUILD
constexpr int awaits = 500'000;
#else
constexpr int awaits = 5'000'000;
#endif

/// Where the stack ends that the caller stands on.
[[gnu::noinline]] std::uintptr_t stack_here() {
  return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
}

task<int> leaf(int n) { co_return n & 1; }

task<std::int64_t> row(int count) {
  std::int64_t sum = 0;
  for (int i = 0; i != count; ++i) sum += co_await leaf(i);
  co_return sum;
}

task<std::int64_t> row_below(int depth, int count) {
  if (depth == 0) co_return co_await row(count);
  co_return co_await row_below(depth - 1, count);
}

TEST(task_stack, does_not_grow_with_awaits_in_a_row) { EXPECT_EQ(run(row(awaits)), awaits / 2); }

/// Deeper than the native stack has room for, see stack_room.
constexpr int past_the_bound = 5000;

TEST(task_stack, does_not_grow_with_awaits_in_a_row_below_five_thousand_tasks) {
  EXPECT_EQ(run(row_below(past_the_bound, awaits)), awaits / 2);
}

task<> chain(int depth, std::uintptr_t* lowest) {
  const std::uintptr_t here = stack_here();
  if (here < *lowest) *lowest = here;
  if (depth != 0) co_await chain(depth - 1, lowest);
}

TEST(task_stack, is_bounded_however_deep_tasks_nest) {
  const std::uintptr_t top = stack_here();
  std::uintptr_t shallow = top;
  run(chain(past_the_bound, &shallow));
  std::uintptr_t deep = top;
  run(chain(100'000, &deep));
  EXPECT_LT(shallow, top);
  EXPECT_LT(top - deep, 2 * (top - shallow));
}

/// Every chain ends far below the bound, so that each of its tasks is resumed by the end of
/// another.
task<int> row_of_chains(int count, int depth) {
  std::uintptr_t lowest = stack_here();
  for (int i = 0; i != count; ++i) co_await chain(depth, &lowest);
  co_return count;
}

TEST(task_stack, does_not_grow_with_chains_in_a_row_that_pass_the_bound) {
  EXPECT_EQ(run(row_of_chains(awaits / past_the_bound, past_the_bound)), awaits / past_the_bound);
}

task<> suspends_below(int depth) {
  if (depth == 0) {
    co_await smartasync::yield();
  } else {
    co_await suspends_below(depth - 1);
  }
}

TEST(task_stack, does_not_grow_when_a_long_chain_that_was_suspended_ends) {
  run(suspends_below(100'000));
}

task<> suspends_in_a_row(int count) {
  for (int i = 0; i != count; ++i) co_await suspends_below(3);
}

TEST(task_stack, does_not_grow_with_children_that_suspend) { run(suspends_in_a_row(awaits / 10)); }

}  // namespace
