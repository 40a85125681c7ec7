// SPDX-License-Identifier: MIT
#include "smartasync/to_thread.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <latch>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>

#include "smartasync/context.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/stop_token.hpp"
#include "smartasync/thread_pool.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

TEST(to_thread, calls_on_another_thread_and_resumes_on_the_loop) {
  const auto here = std::this_thread::get_id();
  auto body = [&]() -> task<> {
    auto call = to_thread([] { return std::this_thread::get_id(); });
    EXPECT_NE(co_await std::move(call), here);
    EXPECT_EQ(std::this_thread::get_id(), here);
    EXPECT_TRUE(smartasync::in_async_context());
  };
  run(body());
}

TEST(to_thread, call_is_in_no_async_context) {
  EXPECT_FALSE(run(to_thread([] { return smartasync::in_async_context(); })));
}

TEST(to_thread, owns_copies_of_its_arguments) {
  auto make = [] {
    std::string text(100, 'x');
    auto call =
        to_thread([](const std::string& s, int n) { return s + std::to_string(n); }, text, 5);
    text.assign(100, 'y');
    return call;
  };
  EXPECT_EQ(run(make()), std::string(100, 'x') + "5");
}

TEST(to_thread, takes_and_gives_move_only_values_and_references) {
  auto moved = to_thread([](std::unique_ptr<int> p) { return p; }, std::make_unique<int>(4));
  EXPECT_EQ(*run(std::move(moved)), 4);
  int owned = 1;
  auto refer = to_thread([](int& r) -> int& { return ++r; }, std::ref(owned));
  auto body = [&]() -> task<int&> { co_return co_await std::move(refer); };
  EXPECT_EQ(&run(body()), &owned);
  EXPECT_EQ(owned, 2);
}

TEST(to_thread, exception_comes_out_of_the_await) {
  auto body = []() -> task<std::string> {
    auto call = to_thread([]() -> int { throw std::runtime_error("from the pool"); });
    try {
      co_return std::to_string(co_await std::move(call));
    } catch (const std::runtime_error& e) {
      co_return e.what();
    }
  };
  EXPECT_EQ(run(body()), "from the pool");
}

TEST(to_thread, loop_goes_on_while_a_call_blocks) {
  std::latch may_end(1);
  int ticks_while_blocked = 0;
  bool blocked = true;
  bool ticker_ended = false;
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> {
      while (blocked) {
        co_await smartasync::sleep_for(100us);
        // Counted while the call cannot have ended: only this count lets it go.
        if (++ticks_while_blocked == 20) may_end.count_down();
      }
      ticker_ended = true;
    });
    auto call = to_thread([&] { may_end.wait(); });
    co_await std::move(call);
    blocked = false;
    while (!ticker_ended) co_await smartasync::sleep_for(100us);
  });
  EXPECT_GE(ticks_while_blocked, 20);
}

TEST(to_thread, cancelled_in_the_queue_is_taken_out_and_ends_at_once) {
  smartasync::thread_pool pool("queue", {.max_threads = 1});
  std::latch may_end(1);
  std::latch started(1);
  std::atomic<bool> ran{false};
  std::stop_source source;
  std::jthread holder([&] {
    run(to_thread(pool, [&] {
      started.count_down();
      may_end.wait();
    }));
  });
  started.wait();
  auto queued = [&]() -> task<> {
    smartasync::current_loop()->post([&] {
      EXPECT_EQ(pool.queue_size(), 1U);
      source.request_stop();
    });
    auto call = to_thread(pool, [&] { ran = true; });
    co_await std::move(call);
  };
  // The only thread is still held: this ends although the call never ran.
  EXPECT_THROW(run(queued(), {.stop = source.get_token()}), smartasync::cancelled_error);
  EXPECT_EQ(pool.queue_size(), 0U);
  may_end.count_down();
  holder.join();
  EXPECT_FALSE(ran.load());
}

TEST(to_thread, cancelled_while_it_runs_sees_the_stop_and_gives_its_result) {
  std::stop_source source;
  auto body = [&]() -> task<std::string> {
    auto call = to_thread([&] {
      const std::stop_token token = smartasync::current_stop_token();
      std::latch stopped(1);
      const std::stop_callback on_stop(token, [&] { stopped.count_down(); });
      source.request_stop();
      stopped.wait();
      return std::string(token.stop_requested() ? "stopped" : "not stopped");
    });
    co_return co_await std::move(call);
  };
  EXPECT_EQ(run(body(), {.stop = source.get_token()}), "stopped");
}

TEST(to_thread, in_a_cancelled_scope_is_not_called) {
  std::stop_source source;
  source.request_stop();
  bool called = false;
  auto body = [&]() -> task<> {
    co_await smartasync::sleep_for(0s);
    auto call = to_thread([&] { called = true; });
    co_await std::move(call);
  };
  EXPECT_THROW(run(body(), {.stop = source.get_token()}), smartasync::cancelled_error);
  EXPECT_FALSE(called);
}

TEST(to_thread, inline_is_called_on_the_thread_of_the_loop) {
  const auto here = std::this_thread::get_id();
  auto body = [&]() -> task<> {
    auto call = to_thread("inline", [] { return std::this_thread::get_id(); });
    EXPECT_EQ(co_await std::move(call), here);
  };
  run(body());
}

TEST(to_thread, serial_is_always_one_and_the_same_thread) {
  auto thread_of = [] {
    return run(to_thread("serial", [] { return std::this_thread::get_id(); }));
  };
  const auto first = thread_of();
  for (int i = 0; i != 10; ++i) EXPECT_EQ(thread_of(), first);
  std::thread([&] { EXPECT_EQ(thread_of(), first); }).join();
}

TEST(to_thread, many_are_in_flight_from_one_loop) {
  std::atomic<int> sum{0};
  int ended = 0;
  run([&]() -> task<> {
    for (int i = 0; i != 500; ++i) {
      smartasync::spawn([&, i]() -> task<> {
        auto call = to_thread([&, i] { sum += i; });
        co_await std::move(call);
        ++ended;
      });
    }
    while (ended != 500) co_await smartasync::sleep_for(100us);
  });
  EXPECT_EQ(sum.load(), 124750);
}

}  // namespace
