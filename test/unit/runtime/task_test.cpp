// SPDX-License-Identifier: MIT
#include "smartasync/task.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "foreign_coroutine.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using smartasync::run;
using smartasync::task;

task<int> add(int a, int b) { co_return a + b; }

TEST(task, is_lazy_and_destroys_its_arguments_when_it_is_never_started) {
  auto witness = std::make_shared<int>(1);
  bool started = false;
  {
    auto never = [](std::shared_ptr<int> kept, bool* flag) -> task<> {
      *flag = true;
      kept.reset();
      co_return;
    }(witness, &started);
    EXPECT_EQ(witness.use_count(), 2);
  }
  EXPECT_FALSE(started);
  EXPECT_EQ(witness.use_count(), 1);
}

TEST(task, carries_a_value_from_child_to_parent) {
  auto parent = []() -> task<int> {
    const int first = co_await add(1, 2);
    const int second = co_await add(first, 10);
    co_return second;
  };
  EXPECT_EQ(run(parent()), 13);
}

TEST(task, carries_move_only_and_not_default_constructible_values) {
  struct no_default {
    explicit no_default(int v) : value(v) {}
    int value;
  };
  auto unique = []() -> task<std::unique_ptr<int>> { co_return std::make_unique<int>(5); };
  auto plain = []() -> task<no_default> { co_return no_default(6); };
  EXPECT_EQ(*run(unique()), 5);
  EXPECT_EQ(run(plain()).value, 6);
}

TEST(task, carries_a_reference_to_the_very_object) {
  std::string owned = "here";
  auto refer = [&]() -> task<std::string&> { co_return owned; };
  auto through = [&]() -> task<std::string&> { co_return co_await refer(); };
  EXPECT_EQ(&run(refer()), &owned);
  EXPECT_EQ(&run(through()), &owned);
}

TEST(task, carries_an_exception_out_of_a_child_that_finished_at_once) {
  auto fail = []() -> task<int> {
    throw std::runtime_error("at once");
    co_return 0;
  };
  auto parent = [&]() -> task<std::string> {
    try {
      static_cast<void>(co_await fail());
    } catch (const std::runtime_error& e) {
      co_return e.what();
    }
    co_return "no exception";
  };
  EXPECT_EQ(run(parent()), "at once");
  EXPECT_THROW(run(fail()), std::runtime_error);
}

TEST(task, carries_an_exception_out_of_a_child_that_had_suspended) {
  auto fail = []() -> task<> {
    co_await smartasync::yield();
    throw std::runtime_error("later");
  };
  auto parent = [&]() -> task<std::string> {
    try {
      co_await fail();
    } catch (const std::runtime_error& e) {
      co_return e.what();
    }
    co_return "no exception";
  };
  EXPECT_EQ(run(parent()), "later");
  EXPECT_THROW(run(fail()), std::runtime_error);
}

TEST(task, destroys_its_locals_when_an_exception_leaves_it) {
  auto witness = std::make_shared<int>(1);
  auto fail = [](std::shared_ptr<int> kept) -> task<> {
    const std::shared_ptr<int> local = kept;
    co_await smartasync::yield();
    throw std::runtime_error("x");
  };
  EXPECT_THROW(run(fail(witness)), std::runtime_error);
  EXPECT_EQ(witness.use_count(), 1);
}

task<int> sum_to(int n) {
  if (n == 0) {
    co_await smartasync::yield();
    co_return 0;
  }
  co_return n + co_await sum_to(n - 1);
}

TEST(task, nests_deeper_than_the_native_stack_may_grow_when_the_deepest_suspends) {
  EXPECT_EQ(run(sum_to(1000)), 500500);
}

task<int> fail_at(int n) {
  if (n == 0) throw std::runtime_error("bottom");
  co_return 1 + co_await fail_at(n - 1);
}

TEST(task, carries_an_exception_up_from_below_the_bound_on_nested_starts) {
  EXPECT_THROW(run(fail_at(1000)), std::runtime_error);
}

TEST(task, goes_on_when_its_child_ends_on_another_thread_before_it_has_suspended) {
  // The child of a coroutine without a loop is resumed by the pool at any moment, often before its
  // parent has said who waits.
  auto child = [](int value) -> task<int> {
    auto call = smartasync::to_thread([value] { return value * 2; });
    co_return co_await std::move(call);
  };
  auto parent = [&](int value) -> task<int> {
    const int doubled = co_await child(value);
    co_return doubled + 1;
  };
  for (int i = 0; i != 2000; ++i) {
    std::atomic<int> result{-1};
    [](std::atomic<int>& out, task<int> t) -> foreign_coroutine {
      const int value = co_await std::move(t);
      out = value;
      out.notify_one();
    }(result, parent(i));
    result.wait(-1);
    ASSERT_EQ(result.load(), 2 * i + 1);
  }
}

}  // namespace
