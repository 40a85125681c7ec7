// SPDX-License-Identifier: MIT
#include "smartasync/context.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/run.hpp"
#include "smartasync/task.hpp"

namespace {

/// A foreign loop as its detector sees it.
thread_local bool foreign_loop_runs = false;
thread_local int questions = 0;

bool detect() {
  ++questions;
  return foreign_loop_runs;
}

// Once for the process: a detector cannot be taken back.
class context : public testing::Test {
 protected:
  static void SetUpTestSuite() { smartasync::register_context_detector(&detect); }
  void SetUp() override {
    foreign_loop_runs = false;
    smartasync::foreign_context_ended();
    questions = 0;
  }
  void TearDown() override {
    foreign_loop_runs = false;
    smartasync::foreign_context_ended();
  }
};

TEST_F(context, is_sync_on_a_plain_thread_and_async_where_our_loop_runs) {
  EXPECT_FALSE(smartasync::in_async_context());
  EXPECT_TRUE(smartasync::run([] { return smartasync::in_async_context(); }));
  EXPECT_FALSE(smartasync::in_async_context());
}

TEST_F(context, no_thread_sees_the_answer_of_another) {
  smartasync::run([] {
    bool other = true;
    std::thread([&] { other = smartasync::in_async_context(); }).join();
    EXPECT_FALSE(other);
  });
}

TEST_F(context, sync_is_never_remembered) {
  EXPECT_FALSE(smartasync::in_async_context());
  EXPECT_FALSE(smartasync::in_async_context());
  EXPECT_EQ(questions, 2);
  foreign_loop_runs = true;
  EXPECT_TRUE(smartasync::in_async_context());
}

TEST_F(context, foreign_async_is_remembered_until_that_loop_reports_its_end) {
  foreign_loop_runs = true;
  EXPECT_TRUE(smartasync::in_async_context());
  foreign_loop_runs = false;
  EXPECT_TRUE(smartasync::in_async_context());
  EXPECT_EQ(questions, 1);
  smartasync::foreign_context_ended();
  EXPECT_FALSE(smartasync::in_async_context());
}

TEST_F(context, reset_forgets_the_foreign_answer_and_not_our_running_loop) {
  foreign_loop_runs = true;
  EXPECT_TRUE(smartasync::in_async_context());
  foreign_loop_runs = false;
  smartasync::reset_context_cache();
  EXPECT_FALSE(smartasync::in_async_context());
  EXPECT_TRUE(smartasync::run([] {
    smartasync::reset_context_cache();
    return smartasync::in_async_context();
  }));
}

TEST_F(context, reset_on_one_thread_forgets_on_all) {
  foreign_loop_runs = true;
  EXPECT_TRUE(smartasync::in_async_context());
  foreign_loop_runs = false;
  std::thread([] { smartasync::reset_context_cache(); }).join();
  EXPECT_FALSE(smartasync::in_async_context());
}

TEST_F(context, run_on_the_thread_of_a_foreign_loop_is_refused) {
  foreign_loop_runs = true;
  auto body = []() -> smartasync::task<> { co_return; };
  EXPECT_THROW(smartasync::run(body()), smartasync::blocking_call_error);
  foreign_loop_runs = false;
  smartasync::foreign_context_ended();
  smartasync::run(body());
}

}  // namespace
