// SPDX-License-Identifier: MIT
#include "smartasync/with_timeout.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "combinator_operations.hpp"
#include "smartasync/context_var.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/stop_token.hpp"
#include "smartasync/when_all.hpp"

namespace {

using namespace combinator_test;
using smartasync::run;
using smartasync::with_timeout;

TEST(with_timeout, gives_the_result_of_what_ends_in_time) {
  EXPECT_EQ(run(with_timeout(for_ever, after_yields(3, 3))), 3);
  EXPECT_EQ(run(with_timeout(for_ever, at_once(4))), 4);
  EXPECT_EQ(run(with_timeout(for_ever, [] { return after_yields(5, 1); })), 5);
}

TEST(with_timeout, throws_what_an_operation_in_time_throws) {
  EXPECT_EQ(text_of_error([] { run(with_timeout(for_ever, fails_after_yields("own", 2))); }),
            "own");
  auto throws = []() -> task<int> { throw std::runtime_error("no operation"); };
  EXPECT_EQ(text_of_error([&] { run(with_timeout(for_ever, throws)); }), "no operation");
}

TEST(with_timeout, cancels_a_sleeping_task_at_the_deadline) {
  std::vector<std::string> log;
  EXPECT_THROW(run(with_timeout(1ms, until_cancelled(log, "a", 2))), smartasync::timeout_error);
  EXPECT_EQ(log, (std::vector<std::string>{"a waits", "a cancelled", "a ended"}));
}

TEST(with_timeout, throws_whatever_a_late_operation_gives) {
  auto gives_late = []() -> task<int> {
    try {
      co_await smartasync::sleep_for(for_ever);
    } catch (const smartasync::cancelled_error&) {
    }
    co_return 1;
  };
  EXPECT_THROW(run(with_timeout(1ms, gives_late())), smartasync::timeout_error);
  auto fails_late = []() -> task<int> {
    try {
      co_await smartasync::sleep_for(for_ever);
    } catch (const smartasync::cancelled_error&) {
      throw std::runtime_error("late");
    }
    co_return 1;
  };
  EXPECT_THROW(run(with_timeout(1ms, fails_late())), smartasync::timeout_error);
}

TEST(with_timeout, waits_for_an_offloaded_call_that_cannot_stop) {
  std::atomic<bool> ended{false};
  std::promise<void> release;
  auto call = [&] {
    release.get_future().wait();
    ended = true;
    return 1;
  };
  auto watch = [&]() -> task<> {
    // Long enough for the executor to have begun.
    auto limited = with_timeout(500ms, smartasync::to_thread(call));
    try {
      co_await std::move(limited);
      ADD_FAILURE() << "gave a result after the deadline";
    } catch (const smartasync::timeout_error&) {
      EXPECT_TRUE(ended);
    }
  };
  auto releases = [&]() -> task<> {
    co_await smartasync::sleep_for(600ms);
    release.set_value();
  };
  run(smartasync::when_all(watch(), releases()));
  EXPECT_TRUE(ended);
}

TEST(with_timeout, an_offloaded_call_sees_the_stop_through_its_token) {
  std::atomic<bool> seen{false};
  auto call = [&] {
    const std::stop_token token = smartasync::current_stop_token();
    std::promise<void> stopped;
    const std::stop_callback tell(token, [&] { stopped.set_value(); });
    stopped.get_future().wait();
    seen = true;
    return 1;
  };
  EXPECT_THROW(run(with_timeout(500ms, smartasync::to_thread(call))), smartasync::timeout_error);
  EXPECT_TRUE(seen);
}

TEST(with_timeout, takes_a_queued_call_out_at_once) {
  smartasync::configure_executor("with_timeout_one", {.max_threads = 1, .reserve_threads = 0});
  std::promise<void> release;
  std::atomic<bool> called{false};
  auto blocks = [&] { release.get_future().wait(); };
  auto queued = [&] { called = true; };
  auto expects_timeout = [&]() -> task<> {
    try {
      co_await with_timeout(1ms, smartasync::to_thread("with_timeout_one", queued));
      ADD_FAILURE() << "the call ran";
    } catch (const smartasync::timeout_error&) {
    }
    // The thread is still blocked: only a call that was taken out can have ended.
    release.set_value();
  };
  run(smartasync::when_all(smartasync::to_thread("with_timeout_one", blocks), expects_timeout()));
  run(smartasync::to_thread("with_timeout_one", [] {}));
  EXPECT_FALSE(called);
}

TEST(with_timeout, of_no_time_succeeds_only_for_what_ends_without_suspending) {
  EXPECT_EQ(run(with_timeout(0s, at_once(1))), 1);
  EXPECT_EQ(run(with_timeout(-1h, at_once(2))), 2);
  EXPECT_EQ(run(with_timeout(std::chrono::hours::min(), at_once(3))), 3);
  EXPECT_THROW(run(with_timeout(0s, after_yields(1, 1))), smartasync::timeout_error);
  std::vector<std::string> log;
  EXPECT_THROW(run(with_timeout(-1s, until_cancelled(log, "a", 1))), smartasync::timeout_error);
  EXPECT_EQ(log.back(), "a ended");
}

TEST(with_timeout, takes_any_duration) {
  EXPECT_EQ(run(with_timeout(std::chrono::hours::max(), after_yields(1, 1))), 1);
  EXPECT_EQ(run(with_timeout(std::chrono::nanoseconds::max(), after_yields(2, 1))), 2);
  EXPECT_EQ(run(with_timeout(std::chrono::duration<double>(1e300), after_yields(3, 1))), 3);
  EXPECT_EQ(run(with_timeout(std::chrono::duration<float, std::milli>(1e6F), at_once(4))), 4);
}

TEST(with_timeout, lets_a_cancellation_from_outside_through) {
  std::vector<std::string> log;
  auto reports = [&]() -> task<int> {
    try {
      co_return co_await with_timeout(for_ever, until_cancelled(log, "inner"));
    } catch (const smartasync::timeout_error&) {
      log.push_back("timeout_error");
      throw;
    } catch (const smartasync::cancelled_error&) {
      log.push_back("cancelled_error");
      throw;
    }
  };
  EXPECT_THROW(run(with_timeout(1ms, reports())), smartasync::timeout_error);
  EXPECT_EQ(log.back(), "cancelled_error");
}

TEST(with_timeout, several_operations_share_one_point_of_time) {
  const auto limit = std::chrono::steady_clock::now() + 30ms;
  int in_time = 0;
  const auto body = [&]() -> task<> {
    for (;;) {
      co_await with_timeout(limit, smartasync::sleep_for(1ms));
      ++in_time;
    }
  };
  EXPECT_THROW(run(body()), smartasync::timeout_error);
  EXPECT_GE(std::chrono::steady_clock::now(), limit);
  EXPECT_EQ(run(with_timeout(std::chrono::system_clock::now() + 1h, after_yields(4, 2))), 4);
  EXPECT_THROW(run(with_timeout(limit, after_yields(4, 2))), smartasync::timeout_error);
}

TEST(with_timeout, an_inner_deadline_does_not_cancel_the_outer_work) {
  const int result = run(with_timeout(for_ever, []() -> task<int> {
    bool late = false;
    try {
      co_await with_timeout(1ms, smartasync::sleep_for(for_ever));
    } catch (const smartasync::timeout_error&) {
      late = true;
    }
    co_await smartasync::yield();
    co_return late ? 1 : 0;
  }));
  EXPECT_EQ(result, 1);
}

TEST(with_timeout, survives_a_timer_and_an_end_in_the_same_turn) {
  // The loop is held past the deadline, so that the timer fires while the end is on its way.
  auto holds = []() -> task<int> {
    co_await smartasync::yield();
    std::this_thread::sleep_for(3ms);
    co_await smartasync::yield();
    co_return 1;
  };
  int results = 0;
  for (int i = 0; i != 20; ++i) {
    try {
      results += run(with_timeout(1ms, holds()));
    } catch (const smartasync::timeout_error&) {
      ++results;
    }
  }
  EXPECT_EQ(results, 20);
}

TEST(with_timeout, leaves_no_timer_behind) {
  run([]() -> task<> {
    for (int i = 0; i != 1000; ++i) co_await with_timeout(1ms, smartasync::yield());
    co_await smartasync::sleep_for(5ms);
  });
}

TEST(with_timeout, passes_variables_on_as_a_plain_await_does) {
  smartasync::context_var<int> level(0);
  run([&]() -> task<> {
    level.set(1);
    auto sets = [&](int to) -> task<> {
      EXPECT_EQ(level.get(), to - 1);
      level.set(to);
      co_await smartasync::yield();
    };
    co_await with_timeout(for_ever, sets(2));
    EXPECT_EQ(level.get(), 2);
    co_await with_timeout(for_ever, [&] { return sets(3); });
    EXPECT_EQ(level.get(), 3);
  });
}

TEST(with_timeout, gives_void_references_and_move_only_values) {
  int target = 1;
  auto refers = [&]() -> task<int&> {
    co_await smartasync::yield();
    co_return target;
  };
  EXPECT_EQ(run([&]() -> task<int*> { co_return &co_await with_timeout(for_ever, refers()); }),
            &target);
  auto owns = []() -> task<std::unique_ptr<int>> { co_return std::make_unique<int>(3); };
  EXPECT_EQ(*run(with_timeout(for_ever, owns())), 3);
  run(with_timeout(for_ever, smartasync::yield()));
}

TEST(with_timeout, refers_to_what_cannot_be_moved) {
  using stays = decltype(with_timeout(1s, immovable(2)));
  using moves = decltype(with_timeout(1s, at_once(2)));
  static_assert(!std::is_move_constructible_v<stays>);
  static_assert(std::is_move_constructible_v<moves> && !std::is_copy_constructible_v<moves>);
  const int sum = run([]() -> task<int> {
    immovable named(1);
    const int first = co_await with_timeout(for_ever, named);
    co_return first + co_await with_timeout(for_ever, with_timeout(for_ever, immovable(2)));
  });
  EXPECT_EQ(sum, 3);
}

}  // namespace
