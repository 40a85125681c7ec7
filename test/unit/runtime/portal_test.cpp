// SPDX-License-Identifier: MIT
#include "smartasync/portal.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "call_functions.hpp"
#include "smartasync/context_var.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/named_loop.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using smartasync::portal;
using smartasync::run;
using smartasync::task;
using namespace std::chrono_literals;

TEST(portal, gives_other_threads_the_result_of_what_the_loop_does) {
  const std::thread::id loop_thread = std::this_thread::get_id();
  const auto body = [&]() -> task<> {
    portal in;
    const auto visit = [&in, loop_thread] {
      EXPECT_EQ(in.call([] { return std::this_thread::get_id(); }), loop_thread);
      EXPECT_EQ(in.call([]() -> task<std::string> {
        co_await smartasync::sleep_for(1ms);
        co_return "awaited";
      }),
                "awaited");
      std::unique_ptr<int> box = in.call([] { return std::make_unique<int>(7); });
      EXPECT_EQ(*box, 7);
      in.call([]() -> task<> { co_return; });
    };
    co_await smartasync::to_thread(std::ref(visit));
  };
  run(body());
}

TEST(portal, takes_a_call_that_is_ready_and_gives_its_value) {
  portal in(smartasync::named_loop("portal_test"));
  EXPECT_EQ(in.submit(call_test::stub<call_test::slow_add>(1, 2)).get(), 3);
  EXPECT_EQ(*in.submit(call_test::stub<call_test::box>(std::make_unique<int>(7))).get(), 7);
  EXPECT_EQ(in.call(call_test::stub<call_test::shout>("hello")), "hello!");
  auto made_before = call_test::stub<call_test::add>(3, 4);
  EXPECT_EQ(in.call(std::move(made_before)), 7);
}

TEST(portal, takes_an_operation_and_a_task_and_runs_them_on_its_loop) {
  portal in(smartasync::named_loop("portal_test"));
  const std::thread::id there = in.call([] { return std::this_thread::get_id(); });
  EXPECT_EQ(in.call(call_test::pending<call_test::slow_add>(1, 2)), 3);
  const auto where = []() -> task<std::thread::id> {
    co_await smartasync::sleep_for(1ms);
    co_return std::this_thread::get_id();
  };
  EXPECT_EQ(in.call(where()), there);
  std::future<void> ended = in.submit(smartasync::sleep_for(1ms));
  ended.get();
  // A call of a coroutine of another loop is pending, and is moved.
  const auto body = [&]() -> task<int> {
    co_return in.submit(call_test::stub<call_test::slow_add>(3, 4)).get();
  };
  EXPECT_EQ(run(body()), 7);
}

TEST(portal, hands_out_what_an_operation_throws) {
  portal in(smartasync::named_loop("portal_test"));
  std::future<int> failed = in.submit(call_test::pending<call_test::fail>());
  EXPECT_THROW(failed.get(), std::runtime_error);
}

TEST(portal, hands_out_what_is_thrown_inside) {
  const auto body = []() -> task<> {
    portal in;
    const auto visit = [&in] {
      std::future<int> failed = in.submit([]() -> int { throw std::runtime_error("inside"); });
      EXPECT_THROW(failed.get(), std::runtime_error);
    };
    co_await smartasync::to_thread(std::ref(visit));
  };
  run(body());
}

TEST(portal, refuses_its_own_loop) {
  const auto body = []() -> task<> {
    portal in;
    EXPECT_THROW(static_cast<void>(in.submit([] { return 1; })), smartasync::blocking_call_error);
    co_return;
  };
  run(body());
}

TEST(portal, needs_a_loop_that_runs) { EXPECT_THROW(portal(), smartasync::wrong_loop_error); }

TEST(portal, serves_a_named_loop_from_a_plain_thread) {
  portal in(smartasync::named_loop("portal_test"));
  const std::thread::id there = in.call([] { return std::this_thread::get_id(); });
  EXPECT_NE(there, std::this_thread::get_id());
}

TEST(portal, refuses_what_comes_after_its_end) {
  portal in(smartasync::named_loop("portal_test"));
  in.close();
  EXPECT_THROW(static_cast<void>(in.submit([] { return 1; })), smartasync::loop_closed_error);
}

TEST(portal, tells_who_waits_that_it_is_closed) {
  auto in = std::make_unique<portal>(smartasync::named_loop("portal_test"));
  std::future<void> waiting = in->submit([]() -> task<> { co_await smartasync::sleep_for(24h); });
  in.reset();
  EXPECT_THROW(waiting.get(), smartasync::loop_closed_error);
}

TEST(portal, closes_when_the_coroutine_that_has_it_ends) {
  std::future<void> waiting;
  std::thread visitor;
  const auto body = [&]() -> task<> {
    portal in;
    std::atomic<bool> submitted = false;
    visitor = std::thread([&] {
      waiting = in.submit([]() -> task<> { co_await smartasync::sleep_for(24h); });
      submitted = true;
    });
    while (!submitted) co_await smartasync::sleep_for(1ms);
  };
  run(body());
  visitor.join();
  EXPECT_THROW(waiting.get(), smartasync::loop_closed_error);
}

TEST(portal, closes_with_its_loop) {
  std::unique_ptr<portal> in;
  std::future<void> waiting;
  std::thread loop_thread([&] {
    const auto body = [&]() -> task<> {
      in = std::make_unique<portal>();
      std::thread([&] {
        waiting = in->submit([]() -> task<> { co_await smartasync::sleep_for(24h); });
      }).join();
      co_return;
    };
    run(body());
  });
  loop_thread.join();  // its loop ends with it
  EXPECT_THROW(waiting.get(), smartasync::loop_closed_error);
  EXPECT_THROW(static_cast<void>(in->submit([] { return 1; })), smartasync::loop_closed_error);
}

TEST(portal, lets_many_threads_in_at_once) {
  portal in(smartasync::named_loop("portal_test"));
  int count = 0;  // the loop's thread alone touches it
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 200; ++j) in.call([&] { ++count; });
    });
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(in.call([&] { return count; }), 1600);
}

}  // namespace
