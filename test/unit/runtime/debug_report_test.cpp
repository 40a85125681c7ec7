// SPDX-License-Identifier: MIT
// What debug mode reports by itself: the path of each call, and what looks like a mistake.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <stdexcept>
#include <string>
#include <thread>

#include "call_functions.hpp"
#include "heard_reports.hpp"
#include "smartasync/smartasync.hpp"

namespace debug_test {

using namespace call_test;
using debug_reports::has;
using debug_reports::heard_reports;
using smartasync::run;
using smartasync::task;

// Before the runtime is used for the first time.
const bool in_debug_mode = ::setenv("SMARTASYNC_DEBUG", "1", 1) == 0;

struct pooled : sync_function<int> {
  static constexpr smartasync::site site{.function = "debug_test::pooled", .executor = "debug"};
  using arguments = smartasync::keep<smartasync::moved<int>>;
  static int invoke(int value) {
    if (value < 0) throw std::runtime_error("below zero");
    return value;
  }
};

struct nests : sync_function<int> {
  static constexpr smartasync::site site{.function = "debug_test::nests"};
  using arguments = smartasync::keep<>;
  static int invoke() { return stub<slow_add>(1, 2); }
};

struct in_lane : sync_function<std::string> {
  static constexpr smartasync::site site{.function = "debug_test::in_lane", .serial = true};
  using arguments = smartasync::keep<>;
  static std::string invoke() { return smartasync::describe_tasks(); }
};

TEST(debug, reports_the_path_of_each_call) {
  heard_reports reports;
  EXPECT_EQ(stub<pooled>(1), 1);
  EXPECT_TRUE(has(reports.take(), "debug_test::pooled(): direct; thread "));
  EXPECT_EQ(stub<slow_add>(1, 2), 3);
  EXPECT_TRUE(has(reports.take(), "call_test::slow_add(): run on own loop; thread "));
  EXPECT_EQ(run([] { return stub<pooled>(1); }), 1);
  EXPECT_TRUE(has(reports.take(), "debug_test::pooled(): offload to executor \"debug\"; thread "));
  EXPECT_EQ(run([] { return stub<slow_add>(1, 2); }), 3);
  EXPECT_TRUE(has(reports.take(), "call_test::slow_add(): awaited; thread "));
  EXPECT_EQ(run([] { return stub<nests>(); }), 3);
  EXPECT_TRUE(has(reports.take(), "call_test::slow_add(): run on home loop; thread "));
  run([] { return stub<on_net>(false); });
  EXPECT_TRUE(has(reports.take(), "call_test::on_net(): hop to loop \"call_test\"; thread "));
  static_cast<void>(stub<on_net>(false));
  EXPECT_TRUE(has(reports.take(), "call_test::on_net(): run on loop \"call_test\"; thread "));
  run([] { return stub<in_lane>(); });
  EXPECT_TRUE(has(reports.take(),
                  "debug_test::in_lane(): offload to executor \"pool\" through its lane; thread "));
}

TEST(debug, reports_calls_that_throw_and_calls_that_were_not_made) {
  heard_reports reports;
  EXPECT_THROW(static_cast<void>(stub<pooled>(-1)), std::runtime_error);
  EXPECT_TRUE(has(reports.take(), "; threw\n"));
  EXPECT_THROW(run([] { return stub<pooled>(-1); }), std::runtime_error);
  EXPECT_TRUE(has(reports.take(), "; threw\n"));
  run([]() -> task<void> {
    EXPECT_THROW(static_cast<void>(blocking<add>(1, 2)), smartasync::blocking_call_error);
    co_return;
  });
  EXPECT_TRUE(has(reports.take(), "call_test::add(): run on own loop; "));
}

[[gnu::noinline]] task<void> forgets() {
  static_cast<void>(pending<add>(1, 2));
  co_return;
}

TEST(debug, names_the_place_of_a_call_that_is_never_awaited_once_for_each) {
  heard_reports reports;
  const volatile int times = 2;  // Unrolled, the loop would be two places.
  for (int i = 0; i != times; ++i) run(forgets());
  const std::string heard = reports.take();
  EXPECT_TRUE(has(heard, "a call of call_test::add() was dropped without 'co_await'"));
  EXPECT_TRUE(has(heard, "It was made in "));
  // In whatever is not inlined of the helpers and the coroutine: the program's own.
  EXPECT_TRUE(has(heard, "smartasync_debug_report_test+0x"));
  EXPECT_EQ(heard.find("was dropped"), heard.rfind("was dropped"));
}

struct holds_the_loop : async_function<void> {
  static constexpr smartasync::site site{.function = "debug_test::holds_the_loop"};
  using arguments = smartasync::keep<>;
  static task<void> invoke() {
    std::this_thread::sleep_for(110ms);
    co_return;
  }
};

TEST(debug, reports_steps_that_hold_a_loop) {
  heard_reports reports;
  run([] { return stub<holds_the_loop>(); });
  const std::string heard = reports.take();
  EXPECT_TRUE(has(heard, "smartasync: slow step: "));
  EXPECT_TRUE(has(heard, " ms on the loop of thread "));
  EXPECT_TRUE(has(heard, "debug_test::holds_the_loop"));
}

task<void> sleeps_on() { co_await smartasync::sleep_for(1h); }

TEST(debug, says_what_was_pending_on_a_loop_that_ends) {
  heard_reports reports;
  std::thread([] {
    run([]() -> task<void> {
      smartasync::spawn(sleeps_on());
      co_await smartasync::yield();
    });
  }).join();
  const std::string heard = reports.take();
  EXPECT_TRUE(has(heard, " ends with work pending, which is cancelled and waited for:\n"));
  EXPECT_TRUE(has(heard, "debug_test::sleeps_on: waits for a timer, "));
}

TEST(debug, says_that_a_call_given_to_spawn_has_run_already) {
  heard_reports reports;
  smartasync::event_loop& net = smartasync::named_loop("debug_net");
  smartasync::spawn(net, stub<add>(1, 2));
  EXPECT_TRUE(has(reports.take(), "spawn() was given a call of call_test::add() that is ready"));
}

TEST(debug, says_that_a_call_given_to_a_portal_has_run_already) {
  heard_reports reports;
  smartasync::portal into(smartasync::named_loop("debug_net"));
  EXPECT_EQ(into.call(stub<add>(1, 2)), 3);
  EXPECT_TRUE(
      has(reports.take(), "portal::submit() was given a call of call_test::add() that is ready"));
}

}  // namespace debug_test
