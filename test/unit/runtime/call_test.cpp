// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <atomic>
#include <sstream>
#include <thread>

#include "call_functions.hpp"
#include "smartasync/detail/modes.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/run.hpp"

namespace {

using namespace call_test;
using smartasync::blocking_call_error;
using smartasync::run;
using smartasync::task;

static_assert(std::is_move_constructible_v<smartasync::call<int, add>>, "owned: moves anywhere");
static_assert(std::is_move_constructible_v<smartasync::call<void, touch>>, "scoped: moves");
static_assert(!std::is_move_constructible_v<smartasync::call<std::size_t, measure>>,
              "in place: stays where it was made");
static_assert(!std::is_copy_constructible_v<smartasync::call<int, add>>);

template <class Call>
concept can_become_a_task = requires(Call call) { std::move(call).to_task(); };
static_assert(can_become_a_task<smartasync::call<int, add>&&>);
static_assert(!can_become_a_task<smartasync::call<void, touch>&&>);
static_assert(!can_become_a_task<smartasync::operation<std::size_t, measure>&&>);

TEST(call, converts_to_its_value_where_no_loop_runs) {
  int sum = stub<add>(1, 2);
  EXPECT_EQ(sum, 3);
  int slow_sum = stub<slow_add>(1, 2);
  EXPECT_EQ(slow_sum, 3);
  std::string text = stub<shout>("hey");
  EXPECT_EQ(text, "hey!");
}

// The word of modes says until the first look at the environment that nobody has looked: it may
// change while a stub asks.
TEST(call, is_ready_where_no_loop_runs_while_another_thread_reads_the_environment) {
  std::atomic<bool> over{false};
  std::thread reader([&] {
    while (!over) {
      smartasync::detail::modes_word ^= smartasync::detail::mode_unread;
      std::this_thread::yield();
    }
    smartasync::detail::modes_word &= ~smartasync::detail::mode_unread;
  });
  int pending = 0;
  for (int i = 0; i != 200'000; ++i) {
    if (!stub<add>(i, 1).ready()) ++pending;
    if (!stub<shout>("hey").ready()) ++pending;
  }
  over = true;
  reader.join();
  EXPECT_EQ(pending, 0);
}

TEST(call, compares_and_prints_like_its_value) {
  EXPECT_EQ(stub<add>(1, 2), 3);
  EXPECT_NE(stub<add>(1, 2), 4);
  EXPECT_EQ(stub<shout>("hey"), std::string("hey!"));
  std::ostringstream out;
  out << stub<add>(20, 22) << ' ' << stub<shout>("hey");
  EXPECT_EQ(out.str(), "42 hey!");
}

TEST(call, gives_its_value_by_get_star_and_arrow) {
  EXPECT_EQ(stub<add>(1, 2).get(), 3);
  EXPECT_EQ(*stub<add>(1, 2), 3);
  EXPECT_EQ(stub<shout>("hey")->size(), 4u);
  const auto named = stub<shout>("hey");
  EXPECT_EQ(named.get(), "hey!");
  EXPECT_EQ(*named, "hey!");
  EXPECT_EQ(named->size(), 4u);
  const auto scalar = stub<add>(1, 2);
  int copied = scalar;
  EXPECT_EQ(copied, 3);
}

TEST(call, holds_move_only_immovable_and_reference_values) {
  std::unique_ptr<int> number = stub<box>(std::make_unique<int>(7));
  EXPECT_EQ(*number, 7);
  EXPECT_EQ(stub<make_pinned>(9)->number, 9);
  std::vector<int> numbers{1, 2};
  int& first = stub<element>(numbers);
  EXPECT_EQ(&first, &numbers.front());
}

TEST(call, throws_what_the_function_throws) {
  EXPECT_THROW(
      {
        try {
          static_cast<void>(stub<fail>());
        } catch (const std::runtime_error& error) {
          EXPECT_STREQ(error.what(), "no such page");
          throw;
        }
      },
      std::runtime_error);
}

task<int> await_both() {
  const int sum = co_await stub<add>(1, 2);
  const std::string text = co_await stub<shout>("hey");
  co_return sum + static_cast<int>(text.size());
}

TEST(call, is_awaited_where_a_loop_runs) { EXPECT_EQ(run(await_both()), 7); }

task<int> await_slow() { co_return co_await stub<slow_add>(20, 22); }

task<long> owners_after_the_await() {
  const auto seen = std::make_shared<int>(7);
  co_await stub<look_at>(seen);
  co_return seen.use_count();
}

TEST(call, of_a_task_destroys_it_with_the_expression_at_the_latest) {
  EXPECT_EQ(run(owners_after_the_await()), 1);
}

#if !defined(__clang__)
task<long> owners_within_the_await() {
  const auto seen = std::make_shared<int>(7);
  co_return (co_await stub<look_at>(seen), seen.use_count());
}

TEST(call, of_a_task_destroys_it_with_gcc_once_its_value_was_taken) {
  EXPECT_EQ(run(owners_within_the_await()), 1);
}
#endif

task<std::string> copy_within_the_await() {
  co_return std::string(co_await stub<refer_to>(std::string(64, 'a')));
}

TEST(call, of_a_task_that_gives_a_reference_destroys_it_with_the_expression) {
  EXPECT_EQ(run(copy_within_the_await()), std::string(64, 'a'));
}

TEST(call, suspends_and_comes_back) { EXPECT_EQ(run(await_slow()), 42); }

task<std::string> await_failure() {
  try {
    co_await stub<fail>();
  } catch (const std::runtime_error& error) {
    co_return error.what();
  }
  co_return "nothing thrown";
}

TEST(call, throws_into_its_awaiter) { EXPECT_EQ(run(await_failure()), "no such page"); }

task<void> await_void(int& count) {
  co_await stub<touch>(count);
  co_await pending<touch>(count);
}

TEST(call, of_void_runs_when_awaited) {
  int count = 0;
  stub<touch>(count);
  EXPECT_EQ(count, 1);
  run(await_void(count));
  EXPECT_EQ(count, 3);
}

task<std::pair<std::thread::id, std::thread::id>> where_it_runs() {
  const auto offloaded = co_await stub<thread_of>();
  co_return std::pair(offloaded, std::this_thread::get_id());
}

TEST(call, of_a_sync_function_leaves_the_loops_thread_and_returns_to_it) {
  const auto here = std::this_thread::get_id();
  const auto [offloaded, resumed] = run(where_it_runs());
  EXPECT_NE(offloaded, here);
  EXPECT_EQ(resumed, here);
  EXPECT_EQ(stub<thread_of>().get(), here);
}

task<std::string> take_synchronously() {
  try {
    const int sum = stub<add>(1, 2);
    co_return std::to_string(sum);
  } catch (const blocking_call_error& error) {
    co_return error.what();
  }
}

TEST(call, refuses_to_block_the_loop) {
  smartasync::set_unawaited_handler([](const smartasync::site&) {});
  EXPECT_EQ(run(take_synchronously()),
            "Cannot call call_test::add() synchronously from within an async context. "
            "Use 'co_await' instead.");
  smartasync::set_unawaited_handler(nullptr);
}

task<std::string> block_on_the_loop() {
  try {
    const int sum = blocking<add>(1, 2);
    co_return std::to_string(sum);
  } catch (const blocking_call_error& error) {
    co_return error.what();
  }
}

TEST(call, by_its_sync_entry_refuses_to_block_the_loop_too) {
  EXPECT_EQ(run(block_on_the_loop()),
            "Cannot call call_test::add() synchronously from within an async context. "
            "Use 'co_await' instead.");
}

int dropped_calls = 0;

task<void> drop_one() {
  {
    auto dropped = stub<add>(1, 2);
  }
  {
    auto moved = stub<add>(1, 2);
    auto kept = std::move(moved);
    EXPECT_EQ(co_await kept, 3);
  }
}

TEST(call, dropped_while_pending_is_reported) {
  dropped_calls = 0;
  smartasync::set_unawaited_handler([](const smartasync::site& dropped) {
    EXPECT_STREQ(dropped.function, "call_test::add");
    ++dropped_calls;
  });
  run(drop_one());
  smartasync::set_unawaited_handler(nullptr);
  EXPECT_EQ(dropped_calls, 1);
}

task<std::string> await_late() {
  auto call = [] {
    // The text is gone, and its memory used again, before the call runs.
    auto made = stub<shout>(std::string(64, 'a'));
    const std::string reuse(64, 'b');
    return made;
  }();
  co_return co_await call;
}

TEST(call, owns_what_its_view_showed) { EXPECT_EQ(run(await_late()), std::string(64, 'a') + "!"); }

task<int> as_task() { return stub<slow_add>(1, 2).to_task(); }

TEST(call, becomes_a_task_where_it_owns_everything) {
  EXPECT_EQ(run([] { return as_task(); }), 3);
}

task<bool> two_on_net() {
  const auto first = co_await stub<on_net>(false);
  const auto second = co_await stub<on_net>(false);
  co_return first == second&& first != std::this_thread::get_id();
}

TEST(call, on_a_named_loop_runs_there_from_every_context) {
  EXPECT_TRUE(run(two_on_net()));
  const std::thread::id here = std::this_thread::get_id();
  const std::thread::id there = stub<on_net>(false).get();
  EXPECT_NE(there, here);
  std::thread::id from_another_thread;
  std::thread([&] { from_another_thread = stub<on_net>(false).get(); }).join();
  EXPECT_EQ(from_another_thread, there);
  EXPECT_THROW((void)stub<on_net>(true), std::runtime_error);
}

}  // namespace
