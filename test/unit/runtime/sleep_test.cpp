// SPDX-License-Identifier: MIT
#include "smartasync/sleep.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>
#include <vector>

#include "foreign_coroutine.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/when_all.hpp"

namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;
using smartasync::run;
using smartasync::task;

TEST(sleep, does_not_end_early) {
  for (const auto d : {1us, 300us, 2500us}) {
    const auto start = clock_type::now();
    run(smartasync::sleep_for(d));
    EXPECT_GE(clock_type::now() - start, d);
  }
}

TEST(sleep, until_a_time_of_any_clock) {
  const auto steady = clock_type::now() + 2ms;
  run(smartasync::sleep_until(steady));
  EXPECT_GE(clock_type::now(), steady);
  const auto wall = std::chrono::system_clock::now() + 2ms;
  run(smartasync::sleep_until(wall));
  EXPECT_GE(std::chrono::system_clock::now(), wall - 1ms);
  run(smartasync::sleep_until(clock_type::now() - 1h));
}

TEST(sleep, ends_in_the_order_of_the_deadlines) {
  std::vector<int> order;
  const auto begin = std::chrono::steady_clock::now();
  auto sleeper = [&](int n) -> task<> {
    co_await smartasync::sleep_until(begin + std::chrono::milliseconds(n));
    order.push_back(n);
  };
  run([&] {
    return smartasync::when_all(sleeper(15), sleeper(9), sleeper(1), sleeper(5), sleeper(3),
                                sleeper(7));
  });
  EXPECT_EQ(order, (std::vector<int>{1, 3, 5, 7, 9, 15}));
}

TEST(sleep, for_no_time_lets_what_is_ready_run_first) {
  std::vector<int> order;
  run([&]() -> task<> {
    smartasync::spawn([&] {
      return [](std::vector<int>& o) -> task<> {
        o.push_back(1);
        co_return;
      }(order);
    });
    co_await smartasync::sleep_for(0s);
    order.push_back(2);
    co_await smartasync::sleep_for(-1s);
    order.push_back(3);
  });
  EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
}

TEST(sleep, of_many_that_end_at_once_lets_other_ready_work_run_between_them) {
  constexpr int count = 1000;
  int ended = 0;
  int ended_at_first_turn = 0;
  auto sleeper = [&](clock_type::time_point until) -> task<> {
    co_await smartasync::sleep_until(until);
    ++ended;
  };
  run([&]() -> task<> {
    const auto past = clock_type::now();
    for (int i = 0; i != count; ++i) smartasync::spawn(sleeper(past));
    while (ended == 0) co_await smartasync::yield();
    ended_at_first_turn = ended;
    while (ended != count) co_await smartasync::yield();
  });
  EXPECT_LT(ended_at_first_turn, count / 2);
}

TEST(sleep, beyond_the_range_of_the_clock_can_be_cancelled) {
  std::stop_source source;
  auto body = [&]() -> task<> {
    smartasync::current_loop()->post([&] { source.request_stop(); });
    co_await smartasync::sleep_for(std::chrono::hours::max());
  };
  EXPECT_THROW(run(body(), {.stop = source.get_token()}), smartasync::cancelled_error);
}

TEST(sleep, many_are_cancelled_at_once) {
  std::stop_source source;
  auto body = [&]() -> task<> {
    for (int i = 0; i != 3; ++i) {
      try {
        if (i == 0) smartasync::current_loop()->post([&] { source.request_stop(); });
        co_await smartasync::sleep_for(1h);
        ADD_FAILURE() << "an hour has passed";
      } catch (const smartasync::cancelled_error&) {
        // The scope stays cancelled: the next sleep ends before it begins.
      }
    }
  };
  const auto start = clock_type::now();
  run(body(), {.stop = source.get_token()});
  EXPECT_LT(clock_type::now() - start, 10min);
}

TEST(sleep, cancelled_in_the_moment_in_which_it_ends_ends_once) {
  for (int i = 0; i != 300; ++i) {
    std::stop_source source;
    int ends = 0;
    auto body = [&]() -> task<> {
      // Both are in one turn of the loop: the timer fires, then the stop arrives.
      smartasync::current_loop()->post([&] {
        const auto until = clock_type::now() + 100us;
        while (clock_type::now() < until) {
        }
        source.request_stop();
      });
      try {
        co_await smartasync::sleep_for(50us);
      } catch (const smartasync::cancelled_error&) {
      }
      ++ends;
    };
    run(body(), {.stop = source.get_token()});
    EXPECT_EQ(ends, 1);
  }
}

TEST(sleep, where_no_loop_runs_is_an_error) {
  auto s = smartasync::sleep_for(1ms);
  EXPECT_THROW(static_cast<void>(s.await_ready()), smartasync::wrong_loop_error);
}

TEST(yield, lets_every_other_ready_coroutine_have_its_turn) {
  std::vector<int> order;
  auto worker = [&](int id) -> task<> {
    for (int i = 0; i != 3; ++i) {
      order.push_back(id);
      co_await smartasync::yield();
    }
  };
  run([&]() -> task<> {
    smartasync::spawn(worker(1));
    smartasync::spawn(worker(2));
    co_await smartasync::yield();
    co_await worker(3);
  });
  EXPECT_EQ(order, (std::vector<int>{1, 2, 3, 1, 2, 3, 1, 2, 3}));
}

TEST(yield, in_a_cancelled_run_throws) {
  std::stop_source source;
  source.request_stop();
  auto body = []() -> task<> {
    for (;;) co_await smartasync::yield();
  };
  EXPECT_THROW(run(body(), {.stop = source.get_token()}), smartasync::cancelled_error);
}

TEST(yield, where_no_loop_runs_is_an_error) {
  bool refused = false;
  [](bool& out) -> foreign_coroutine {
    try {
      co_await smartasync::yield();
    } catch (const smartasync::wrong_loop_error&) {
      out = true;
    }
  }(refused);
  EXPECT_TRUE(refused);
}

}  // namespace
