// SPDX-License-Identifier: MIT
// Outside of debug mode: what the attribute's `debug` reports, and that nothing else is.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>

#include "call_functions.hpp"
#include "heard_reports.hpp"
#include "smartasync/debug.hpp"
#include "smartasync/run.hpp"
#include "smartasync/unawaited.hpp"

namespace {

using namespace call_test;
using debug_reports::has;
using debug_reports::heard_reports;
using smartasync::run;
using smartasync::task;

const bool outside_of_debug_mode = ::unsetenv("SMARTASYNC_DEBUG") == 0;

struct debug_attribute : ::testing::Test {
  heard_reports reports;
};

struct watched : sync_function<int> {
  static constexpr smartasync::site site{.function = "call_test::watched", .debug = true};
  using arguments = smartasync::keep<smartasync::moved<int>>;
  static int invoke(int value) { return value; }
};

struct watched_async : async_function<int> {
  static constexpr smartasync::site site{
      .function = "call_test::watched_async", .serial = true, .debug = true};
  using arguments = smartasync::keep<smartasync::moved<int>>;
  static task<int> invoke(int value) {
    co_await smartasync::yield();
    co_return value;
  }
};

TEST_F(debug_attribute, reports_each_call_of_its_function_and_of_no_other) {
  EXPECT_EQ(stub<watched>(1), 1);
  EXPECT_TRUE(has(reports.take(), "call_test::watched(): direct; thread "));
  EXPECT_EQ(stub<watched_async>(2), 2);
  EXPECT_TRUE(
      has(reports.take(), "call_test::watched_async(): run on own loop through its lane; "));
  EXPECT_EQ(run([] { return stub<watched>(3); }), 3);
  const std::string offloaded = reports.take();
  EXPECT_TRUE(has(offloaded, "call_test::watched(): offload to executor \"pool\"; thread "));
  EXPECT_TRUE(has(offloaded, " -> thread "));
  EXPECT_TRUE(has(offloaded, " (sa:pool); "));

  EXPECT_EQ(stub<add>(1, 2), 3);
  EXPECT_EQ(run([] { return stub<slow_add>(1, 2); }), 3);
  EXPECT_EQ(reports.take(), "");
}

TEST_F(debug_attribute, names_the_place_of_a_call_that_is_never_awaited) {
  run([] { static_cast<void>(pending<watched>(1)); });
  EXPECT_TRUE(has(reports.take(),
                  "call_test::watched() was dropped without 'co_await': it never ran. "
                  "It was made in "));
}

TEST_F(debug_attribute, does_without_knowing_the_live_tasks) {
  EXPECT_EQ(smartasync::describe_tasks(),
            "smartasync: live tasks are known in debug mode alone: set SMARTASYNC_DEBUG=1\n");
}

}  // namespace
