// SPDX-License-Identifier: MIT
// What an executor that is full says of the call that it refuses: the chain of calls that it
// belongs to, each named once.
#include <gtest/gtest.h>

#include <functional>
#include <latch>
#include <string>

#include "call_functions.hpp"
#include "smartasync/detail/call_chain.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/run.hpp"
#include "smartasync/task_group.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using namespace call_test;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

struct on_crowded : sync_function<void> {
  static constexpr smartasync::site site{.function = "work::on_crowded", .executor = "crowded"};
  using arguments = smartasync::keep<smartasync::borrowed<std::function<void()>&>>;
  static void invoke(std::function<void()>& f) { f(); }
};

struct report : async_function<void> {
  static constexpr smartasync::site site{.function = "work::report"};
  using arguments = smartasync::keep<smartasync::borrowed<std::function<void()>&>>;
  static task<void> invoke(std::function<void()>& f) { co_await stub<on_crowded>(f); }
};

TEST(full_executor, is_named_with_the_chain_of_calls_that_it_refuses) {
  smartasync::configure_executor("crowded", {.max_threads = 1,
                                             .max_queue = 1,
                                             .full = smartasync::when_full::refuse,
                                             .reserve_threads = 0});
  std::latch may_end(1);
  std::latch started(1);
  std::function<void()> first = [&] {
    started.count_down();
    may_end.wait();
  };
  std::function<void()> waits = [&] { may_end.wait(); };
  std::string of_call;
  std::string of_function;
  run([&]() -> task<> {
    smartasync::task_group<> group;
    group.spawn([&] { return stub<on_crowded>(first); });
    co_await to_thread("gates", [&] { started.wait(); });
    group.spawn([&] { return stub<on_crowded>(waits); });
    co_await smartasync::yield();
    co_await smartasync::yield();
    try {
      co_await stub<report>(waits);
    } catch (const smartasync::executor_full_error& error) {
      of_call = error.what();
    }
    try {
      co_await to_thread("crowded", std::ref(waits));
    } catch (const smartasync::executor_full_error& error) {
      of_function = error.what();
    }
    may_end.count_down();
    co_await group.join();
  });
  EXPECT_EQ(of_call,
            "Cannot call work::on_crowded(): the executor \"crowded\" is full: "
            "work::report() -> work::on_crowded().");
  EXPECT_EQ(of_function,
            "Cannot call smartasync::to_thread(): the executor \"crowded\" is full: "
            "smartasync::to_thread().");
}

/// The error leaves a call; its copies share one chain.
void leave(const smartasync::executor_full_error& error, const char* function, const void* lane) {
  try {
    throw error;
  } catch (smartasync::detail::call_chain& chain) {
    EXPECT_THROW(chain.pass_on(function, lane), smartasync::executor_full_error);
  }
}

TEST(full_executor, names_a_call_once_that_is_in_the_lane_that_others_wait_for) {
  const int lane = 0;
  const char* const function = "room::block_in";
  const smartasync::executor_full_error error("Cannot call room::block_in(): ", function, &lane,
                                              function);
  leave(error, function, &lane);
  leave(error, "room::await_in", nullptr);
  EXPECT_STREQ(error.what(), "Cannot call room::block_in(): room::block_in().");
}

TEST(full_executor, names_a_function_twice_that_has_called_itself_in_another_lane) {
  const int outer = 0;
  const int inner = 0;
  const char* const function = "room::block_in";
  const smartasync::executor_full_error error("Cannot call room::block_in(): ", function, &outer,
                                              function);
  leave(error, function, &inner);
  leave(error, function, &outer);
  EXPECT_STREQ(error.what(), "Cannot call room::block_in(): room::block_in() -> room::block_in().");
}

}  // namespace
