// SPDX-License-Identifier: MIT
#include "smartasync/when_all.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "call_functions.hpp"
#include "combinator_operations.hpp"
#include "smartasync/context_var.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/with_timeout.hpp"

namespace {

using namespace combinator_test;
using smartasync::run;
using smartasync::when_all;

TEST(when_all, gives_the_results_in_the_order_of_the_operands) {
  const auto results = run(when_all(after_yields(1, 5), at_once(2), after_yields(3, 2)));
  EXPECT_EQ(results, std::make_tuple(1, 2, 3));
}

TEST(when_all, runs_its_operands_at_the_same_time) {
  // Each opens the other's gate: one after the other they would wait for ever.
  gate first;
  gate second;
  auto meet = [](gate& mine, gate& other) -> task<int> {
    mine.open();
    co_await other;
    co_return 1;
  };
  EXPECT_EQ(run(when_all(meet(first, second), meet(second, first))), std::make_tuple(1, 1));
}

TEST(when_all, starts_nothing_before_it_is_awaited) {
  bool started = false;
  {
    const auto both = when_all([&]() -> task<> {
      started = true;
      co_return;
    });
  }
  EXPECT_FALSE(started);
}

TEST(when_all, of_nothing_gives_an_empty_tuple) { EXPECT_EQ(run(when_all()), std::tuple<>()); }

TEST(when_all, gives_void_as_monostate_and_a_reference_as_a_reference) {
  int target = 1;
  auto nothing = []() -> task<> { co_return; };
  auto refers = [](int& to) -> task<int&> { co_return to; };
  auto results = run(when_all(nothing(), refers(target), at_once(3)));
  static_assert(std::is_same_v<decltype(results), std::tuple<std::monostate, int&, int>>);
  std::get<1>(results) = 7;
  EXPECT_EQ(target, 7);
}

TEST(when_all, gives_move_only_results) {
  auto make = [](int n) -> task<std::unique_ptr<int>> {
    co_await smartasync::yield();
    co_return std::make_unique<int>(n);
  };
  auto [a, b] = run(when_all(make(1), make(2)));
  EXPECT_EQ(*a + *b, 3);
}

TEST(when_all, calls_a_callable_inside_the_loop) {
  bool in_loop = false;
  const auto made = run(when_all([&] {
    in_loop = smartasync::in_async_context();
    return at_once(4);
  }));
  EXPECT_TRUE(in_loop);
  EXPECT_EQ(std::get<0>(made), 4);
}

TEST(when_all, takes_what_a_callable_throws_for_the_operand_s_failure) {
  std::vector<std::string> log;
  auto throws = []() -> task<int> { throw std::runtime_error("no operation"); };
  static_assert(std::is_same_v<decltype(throws()), task<int>>);
  EXPECT_EQ(text_of_error([&] { run(when_all(until_cancelled(log, "a"), throws)); }),
            "no operation");
  EXPECT_EQ(log, (std::vector<std::string>{"a waits", "a cancelled", "a ended"}));
}

TEST(when_all, the_first_failure_cancels_the_rest_and_waits_for_all_of_them) {
  std::vector<std::string> log;
  const std::string error = text_of_error([&] {
    run(when_all(until_cancelled(log, "a", 3), fails_after_yields("first", 2),
                 until_cancelled(log, "b"), fails_after_yields("second", 9)));
  });
  EXPECT_EQ(error, "first");
  ASSERT_EQ(log.size(), 6U);
  EXPECT_EQ(std::count(log.begin(), log.end(), "a ended"), 1);
  EXPECT_EQ(std::count(log.begin(), log.end(), "b ended"), 1);
}

TEST(when_all, begins_the_operands_after_a_failed_one_in_a_cancelled_scope) {
  std::vector<std::string> log;
  EXPECT_EQ(
      text_of_error([&] { run(when_all(fails_at_once("early"), until_cancelled(log, "a"))); }),
      "early");
  EXPECT_EQ(log, (std::vector<std::string>{"a waits", "a cancelled", "a ended"}));
}

TEST(when_all, waits_for_an_offloaded_call_that_cannot_stop) {
  std::promise<void> started;
  std::promise<void> release;
  std::atomic<bool> ended{false};
  auto job = [&] {
    started.set_value();
    release.get_future().wait();
    ended = true;
  };
  auto fails = [&]() -> task<> {
    co_await smartasync::to_thread([&] { started.get_future().wait(); });
    smartasync::current_loop()->post([&] { release.set_value(); });
    throw std::runtime_error("meanwhile");
  };
  EXPECT_EQ(text_of_error([&] { run(when_all(smartasync::to_thread(job), fails())); }),
            "meanwhile");
  EXPECT_TRUE(ended);
}

TEST(when_all, passes_a_cancellation_from_outside_to_every_operand) {
  std::vector<std::string> log;
  std::stop_source stop;
  auto asks = [&]() -> task<int> {
    co_await smartasync::yield();
    stop.request_stop();
    co_return 1;
  };
  smartasync::run_options options;
  options.stop = stop.get_token();
  EXPECT_THROW(run(when_all(until_cancelled(log, "a"), asks(), until_cancelled(log, "b")), options),
               smartasync::cancelled_error);
  EXPECT_EQ(std::count(log.begin(), log.end(), "a cancelled"), 1);
  EXPECT_EQ(std::count(log.begin(), log.end(), "b cancelled"), 1);
}

TEST(when_all, gives_the_results_when_a_cancellation_stops_nobody) {
  std::stop_source stop;
  smartasync::run_options options;
  options.stop = stop.get_token();
  std::promise<void> stopping;
  // The call runs when the stop is asked for, and ends when the loop has passed it on.
  auto call = [&] {
    const std::stop_callback tell(smartasync::current_stop_token(), [&] { stopping.set_value(); });
    stop.request_stop();
    stopping.get_future().wait();
    return 5;
  };
  EXPECT_EQ(run(when_all(smartasync::to_thread(call)), options), std::make_tuple(5));
}

TEST(when_all, nests) {
  const auto [inner, outer] =
      run(when_all(when_all(after_yields(1, 1), at_once(2)), after_yields(3, 3)));
  EXPECT_EQ(inner, std::make_tuple(1, 2));
  EXPECT_EQ(outer, 3);
}

TEST(when_all, a_failure_deep_inside_cancels_through_all_levels) {
  std::vector<std::string> log;
  EXPECT_EQ(text_of_error([&] {
              run(when_all(when_all(until_cancelled(log, "a"), fails_after_yields("deep", 2)),
                           when_all(until_cancelled(log, "b"), until_cancelled(log, "c"))));
            }),
            "deep");
  EXPECT_EQ(log.size(), 9U);
}

TEST(when_all, restores_the_scope_of_the_awaiting_coroutine) {
  smartasync::context_var<int> level(0);
  run([&]() -> task<> {
    level.set(1);
    auto sets = [&](int to, int yields) -> task<int> {
      const int before = level.get();
      level.set(to);
      for (int i = 0; i != yields; ++i) co_await smartasync::yield();
      EXPECT_EQ(level.get(), to);
      co_return before;
    };
    const auto before = co_await when_all(sets(10, 0), sets(20, 2), sets(30, 1));
    EXPECT_EQ(before, std::make_tuple(1, 1, 1)) << "a sibling's change was seen";
    EXPECT_EQ(level.get(), 1);
    level.set(2);
    co_await smartasync::yield();
    EXPECT_EQ(level.get(), 2);
  });
}

TEST(when_all, can_be_caught_and_awaited_again_after_a_failure) {
  const int result = run([]() -> task<int> {
    int caught = 0;
    for (int i = 0; i != 3; ++i) {
      try {
        co_await when_all(after_yields(1, 1), fails_after_yields("again", 1));
      } catch (const std::runtime_error&) {
        ++caught;
      }
    }
    // The scope of this coroutine is not cancelled: it may still suspend.
    co_await smartasync::yield();
    co_return caught;
  });
  EXPECT_EQ(result, 3);
}

TEST(when_all, refers_to_what_cannot_be_moved) {
  const int sum = run([]() -> task<int> {
    immovable named(1);
    const auto [a, b] = co_await when_all(named, immovable(2));
    co_return a + b;
  });
  EXPECT_EQ(sum, 3);
  // A combinator over it nests as it is.
  const auto [pair, other] = run([]() -> task<std::tuple<std::tuple<int>, int>> {
    co_return co_await when_all(when_all(immovable(4)), at_once(5));
  });
  EXPECT_EQ(pair, std::make_tuple(4));
  EXPECT_EQ(other, 5);
}

TEST(when_all, takes_calls_of_annotated_functions) {
  const std::string text = "four";
  const auto results = run([&] {
    // The last one is in place: it refers to `text`.
    return [](const std::string& t) -> task<std::tuple<int, std::string, std::size_t>> {
      co_return co_await when_all(call_test::stub<call_test::slow_add>(1, 2),
                                  call_test::stub<call_test::shout>("hey"),
                                  call_test::stub<call_test::measure>(t));
    }(text);
  });
  EXPECT_EQ(results, std::make_tuple(3, std::string("hey!"), std::size_t{4}));
  using in_place = smartasync::call<std::size_t, call_test::measure>;
  using scoped = smartasync::call<void, call_test::touch>;
  static_assert(!std::is_move_constructible_v<decltype(when_all(std::declval<in_place>()))>);
  static_assert(std::is_move_constructible_v<decltype(when_all(std::declval<scoped>()))>);
}

using moves = decltype(when_all(at_once(1), smartasync::sleep_for(1ms)));
using stays = decltype(when_all(at_once(1), immovable(2)));
using stays_with_it = decltype(when_all(at_once(1), std::declval<stays>()));
using refers_to_named = decltype(when_all(std::declval<immovable&>()));
static_assert(std::is_move_constructible_v<moves> && !std::is_copy_constructible_v<moves>);
static_assert(!std::is_move_constructible_v<stays> && !std::is_copy_constructible_v<stays>);
static_assert(!std::is_move_constructible_v<stays_with_it>);
static_assert(!std::is_move_constructible_v<refers_to_named>);
static_assert(smartasync::awaitable<moves> && smartasync::awaitable<stays&>);
static_assert(!smartasync::awaitable<moves&>, "what was moved in is awaited once");

template <class R>
concept taken_by_when_all = requires(R&& r) { when_all(std::forward<R>(r)); };
static_assert(taken_by_when_all<std::vector<task<int>>>);
static_assert(!taken_by_when_all<int> && !taken_by_when_all<std::vector<int>>);

TEST(when_all, is_refused_where_no_loop_runs) {
  // Driven by hand, as a foreign coroutine would be.
  auto all = when_all(at_once(1));
  EXPECT_THROW(static_cast<void>(std::move(all).operator co_await()), smartasync::wrong_loop_error);
}

TEST(when_all, runs_for_a_coroutine_that_was_posted_to_the_loop_by_itself) {
  struct foreign {
    struct promise_type {
      foreign get_return_object() {
        return {std::coroutine_handle<promise_type>::from_promise(*this)};
      }
      std::suspend_always initial_suspend() noexcept { return {}; }
      std::suspend_always final_suspend() noexcept { return {}; }
      void return_void() {}
      void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<promise_type> handle;
  };
  smartasync::event_loop loop;
  int sum = 0;
  auto body = [&]() -> foreign {
    const auto [a, b] = co_await when_all(after_yields(1, 2), at_once(2));
    sum = a + b;
    loop.stop();
  };
  foreign coroutine = body();
  loop.post(std::coroutine_handle<>(coroutine.handle));
  loop.run();
  EXPECT_EQ(sum, 3);
  coroutine.handle.destroy();
}

}  // namespace
