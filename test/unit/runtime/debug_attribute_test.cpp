// SPDX-License-Identifier: MIT
// Outside of debug mode: what the attribute's `debug` reports, and that nothing else is.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <mutex>
#include <string>
#include <string_view>

#include "call_functions.hpp"
#include "smartasync/debug.hpp"
#include "smartasync/run.hpp"
#include "smartasync/unawaited.hpp"

namespace {

using namespace call_test;
using smartasync::run;
using smartasync::task;

const bool outside_of_debug_mode = ::unsetenv("SMARTASYNC_DEBUG") == 0;

struct heard_lines {
  std::mutex mutex;
  std::string text;
} heard;

void hear(std::string_view lines) noexcept {
  const std::lock_guard lock(heard.mutex);
  heard.text += lines;
}

std::string take_heard() {
  const std::lock_guard lock(heard.mutex);
  return std::exchange(heard.text, std::string());
}

class debug_attribute : public ::testing::Test {
 protected:
  debug_attribute() { smartasync::set_debug_sink(&hear); }
  ~debug_attribute() override { smartasync::set_debug_sink(nullptr); }
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
  EXPECT_NE(take_heard().find("call_test::watched(): direct; thread "), std::string::npos);
  EXPECT_EQ(stub<watched_async>(2), 2);
  EXPECT_NE(take_heard().find("call_test::watched_async(): run on own loop through its lane; "),
            std::string::npos);
  EXPECT_EQ(run([] { return stub<watched>(3); }), 3);
  const std::string offloaded = take_heard();
  EXPECT_NE(offloaded.find("call_test::watched(): offload to executor \"pool\"; thread "),
            std::string::npos);
  EXPECT_NE(offloaded.find(" -> thread "), std::string::npos);
  EXPECT_NE(offloaded.find(" (sa:pool); "), std::string::npos);

  EXPECT_EQ(stub<add>(1, 2), 3);
  EXPECT_EQ(run([] { return stub<slow_add>(1, 2); }), 3);
  EXPECT_EQ(take_heard(), "");
}

TEST_F(debug_attribute, names_the_place_of_a_call_that_is_never_awaited) {
  run([] { static_cast<void>(pending<watched>(1)); });
  EXPECT_NE(take_heard().find("call_test::watched() was dropped without 'co_await': it never ran. "
                              "It was made in "),
            std::string::npos);
}

TEST_F(debug_attribute, does_without_knowing_the_live_tasks) {
  EXPECT_EQ(smartasync::describe_tasks(),
            "smartasync: live tasks are known in debug mode alone: set SMARTASYNC_DEBUG=1\n");
}

}  // namespace
