// SPDX-License-Identifier: MIT
// Who is let into the serial lane of an object, and how those wait who are not.
#include <gtest/gtest.h>

#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "foreign_coroutine.hpp"
#include "lane_gauge.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/task_group.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using namespace call_test;
using smartasync::run;
using smartasync::task;

task<void> visit_both_ways(gauge& g) {
  co_await stub<visit>(g);
  co_await stub<blocking_visit>(g);
}

task<void> many_visits(gauge& g) {
  smartasync::task_group<void> visits;
  for (int i = 0; i < 20; ++i) visits.spawn(visit_both_ways(g));
  co_await visits.join();
}

TEST(serial_lane, lets_one_call_of_an_object_in_at_a_time) {
  gauge g;
  run(many_visits(g));
  EXPECT_EQ(g.calls, 40);
  EXPECT_EQ(g.most, 1);
}

TEST(serial_lane, holds_between_plain_threads_too) {
  gauge g;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n) {
        stub<blocking_visit>(g);
        stub<visit>(g);
      }
    });
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(g.calls, 8 * 40);
  EXPECT_EQ(g.most, 1);
}

TEST(serial_lane, held_by_what_was_left_on_the_threads_own_loop_is_waited_for_by_running_it) {
  gauge g;
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> { co_await stub<visit>(g); });
    co_await smartasync::yield();
  });
  EXPECT_EQ(g.inside, 1);
  blocking<blocking_visit>(g);
  EXPECT_EQ(g.calls, 2);
  EXPECT_EQ(g.most, 1);
}

task<std::string> block_while_held(gauge& g) {
  smartasync::task_group<void> visits;
  visits.spawn(visit_both_ways(g));
  co_await smartasync::yield();
  EXPECT_EQ(g.inside, 1);
  std::string said = "nothing thrown";
  try {
    blocking<blocking_visit>(g);
  } catch (const smartasync::blocking_call_error& error) {
    said = error.what();
  }
  co_await visits.join();
  co_return said;
}

struct pass_through : async_function<void> {
  static constexpr smartasync::site site{.function = "call_test::pass_through", .serial = true};
  using object = gauge;
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static task<void> invoke(gauge& self) {
    self.enter();
    self.leave();
    co_return;
  }
};

foreign_coroutine pass_on_no_loop(gauge& g, std::latch& ended) {
  auto call = pending<pass_through>(g);
  co_await std::move(call);
  ended.count_down();
}

struct hold_until : sync_function<void> {
  static constexpr smartasync::site site{.function = "call_test::hold_until", .serial = true};
  using object = gauge;
  using arguments =
      smartasync::keep<smartasync::borrowed<gauge&>, smartasync::borrowed<std::latch&>>;
  static void invoke(gauge& self, std::latch& end) {
    self.enter();
    self.calls.notify_all();
    end.wait();
    self.leave();
  }
};

TEST(serial_lane, of_another_object_is_another_lane) {
  gauge a;
  gauge b;
  std::latch end(1);
  std::thread holder([&] { blocking<hold_until>(a, end); });
  a.calls.wait(0);
  blocking<pass_through>(b);
  run([&]() -> task<> { co_await stub<pass_through>(b); });
  EXPECT_EQ(b.calls, 2);
  EXPECT_EQ(a.inside, 1);
  end.count_down();
  holder.join();
}

TEST(serial_lane, is_handed_over_to_coroutines_that_no_loop_runs) {
  gauge g;
  std::latch end(1);
  std::latch ended(2);
  std::thread holder([&] { blocking<hold_until>(g, end); });
  g.calls.wait(0);
  pass_on_no_loop(g, ended);
  pass_on_no_loop(g, ended);
  EXPECT_EQ(g.calls, 1);
  end.count_down();
  holder.join();
  ended.wait();
  EXPECT_EQ(g.calls, 3);
  EXPECT_EQ(g.most, 1);
}

TEST(serial_lane, never_blocks_the_thread_of_a_running_loop) {
  gauge g;
  EXPECT_EQ(run(block_while_held(g)),
            "Cannot call call_test::blocking_visit() synchronously from within an async context. "
            "Use 'co_await' instead.");
}

}  // namespace
