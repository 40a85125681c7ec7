// SPDX-License-Identifier: MIT
#include "smartasync/spawn.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <latch>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::run;
using smartasync::spawn;
using smartasync::task;

std::vector<std::string>& reports() {
  static std::vector<std::string> all;
  return all;
}

/// Collects the unhandled exceptions of one test.
struct reporting {
  reporting() {
    reports().clear();
    previous = smartasync::set_unhandled_exception_handler([](std::exception_ptr e) noexcept {
      try {
        std::rethrow_exception(std::move(e));
      } catch (const std::exception& known) {
        reports().emplace_back(known.what());
      }
    });
  }
  ~reporting() { smartasync::set_unhandled_exception_handler(previous); }
  smartasync::unhandled_exception_handler previous;
};

TEST(spawn, starts_after_this_step_and_runs_beside_its_parent) {
  std::vector<int> order;
  run([&]() -> task<> {
    spawn([&]() -> task<> {
      order.push_back(2);
      co_await smartasync::yield();
      order.push_back(4);
    });
    order.push_back(1);
    co_await smartasync::yield();
    order.push_back(3);
    co_await smartasync::yield();
    co_await smartasync::yield();
  });
  EXPECT_EQ(order, (std::vector<int>{1, 2, 3, 4}));
}

TEST(spawn, keeps_the_callable_until_its_task_has_ended) {
  auto kept = std::make_shared<int>(5);
  int seen = 0;
  run([&]() -> task<> {
    spawn([kept, &seen]() -> task<> {
      co_await smartasync::sleep_for(1ms);
      seen = *kept;
    });
    kept.reset();
    while (seen == 0) co_await smartasync::sleep_for(100us);
  });
  EXPECT_EQ(seen, 5);
}

TEST(spawn, drops_the_result_and_takes_any_awaitable) {
  std::atomic<bool> ran{false};
  run([&]() -> task<> {
    spawn([]() -> task<int> { co_return 1; });
    spawn(smartasync::to_thread([&] {
      ran = true;
      return 2;
    }));
    while (!ran) co_await smartasync::sleep_for(100us);
  });
}

TEST(spawn, reports_an_exception_that_nobody_waits_for) {
  const reporting collected;
  run([&]() -> task<> {
    spawn([]() -> task<> {
      throw std::runtime_error("at once");
      co_return;
    });
    spawn([]() -> task<> {
      co_await smartasync::yield();
      throw std::runtime_error("later");
    });
    spawn([]() -> task<> { throw std::runtime_error("in the callable"); });
    co_await smartasync::sleep_for(1ms);
  });
  EXPECT_EQ(reports(), (std::vector<std::string>{"at once", "in the callable", "later"}));
}

TEST(spawn, says_nothing_of_a_cancellation) {
  const reporting collected;
  run([&]() -> task<> {
    spawn([]() -> task<> {
      throw smartasync::cancelled_error();
      co_return;
    });
    co_await smartasync::yield();
    co_await smartasync::yield();
  });
  EXPECT_TRUE(reports().empty());
}

TEST(spawn, does_not_share_the_cancellation_of_its_parent) {
  std::stop_source source;
  bool ended = false;
  auto body = [&]() -> task<> {
    spawn([&]() -> task<> {
      co_await smartasync::sleep_for(3ms);
      ended = true;
    });
    source.request_stop();
    co_await smartasync::sleep_for(1h);
  };
  EXPECT_THROW(run(body(), {.stop = source.get_token()}), smartasync::cancelled_error);
  EXPECT_FALSE(ended);
  run([&]() -> task<> {
    while (!ended) co_await smartasync::sleep_for(100us);
  });
  EXPECT_TRUE(ended);
}

TEST(spawn, on_a_loop_from_another_thread) {
  std::thread spawner;
  std::thread::id ran_on;
  run([&]() -> task<> {
    smartasync::event_loop& here = *smartasync::current_loop();
    spawner = std::thread([&] {
      spawn(here, [&]() -> task<> {
        ran_on = std::this_thread::get_id();
        co_return;
      });
    });
    while (ran_on == std::thread::id()) co_await smartasync::sleep_for(100us);
  });
  spawner.join();
  EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TEST(spawn, from_a_pool_thread_runs_on_the_loop_that_it_works_for) {
  std::thread::id ran_on;
  run([&]() -> task<> {
    auto call = smartasync::to_thread([&] {
      spawn([&]() -> task<> {
        ran_on = std::this_thread::get_id();
        co_return;
      });
    });
    co_await std::move(call);
    while (ran_on == std::thread::id()) co_await smartasync::sleep_for(100us);
  });
  EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TEST(spawn, where_no_loop_runs_is_an_error) {
  auto body = []() -> task<> { co_return; };
  EXPECT_THROW(spawn(body()), smartasync::wrong_loop_error);
}

TEST(spawn, work_whose_call_runs_when_the_loop_ends_is_waited_for) {
  std::latch started(1);
  std::atomic<bool> ended{false};
  std::thread([&] {
    run([&]() -> task<> {
      spawn(smartasync::to_thread([&] {
        started.count_down();
        std::this_thread::sleep_for(5ms);
        ended = true;
      }));
      co_await smartasync::sleep_for(0s);
      co_await smartasync::sleep_for(0s);
      started.wait();
    });
  }).join();
  EXPECT_TRUE(ended.load());
}

}  // namespace
