// SPDX-License-Identifier: MIT
// The end of a loop: nothing is lost in silence, and nothing that it serves outlives it. And what
// does not end it: a step that throws.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <coroutine>
#include <cstdlib>
#include <exception>
#include <functional>
#include <latch>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "smartasync/detail/loop_hop.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/yield.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::event_loop;
using smartasync::loop_closed_error;
using smartasync::task;

/// A coroutine of another library, which the loop knows as a bare handle. What it throws leaves its
/// `resume()`.
struct bare {
  struct promise_type {
    bare get_return_object() noexcept {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() { throw; }
  };
  std::coroutine_handle<promise_type> handle;
};

std::vector<std::string> reported;

/// Collects the unhandled exceptions, of one thread at a time.
struct loop_end : testing::Test {
  loop_end() {
    reported.clear();
    smartasync::set_unhandled_exception_handler([](std::exception_ptr e) noexcept {
      try {
        std::rethrow_exception(std::move(e));
      } catch (const std::exception& known) {
        reported.emplace_back(known.what());
      }
    });
  }
  ~loop_end() override { smartasync::set_unhandled_exception_handler(nullptr); }
};

TEST_F(loop_end, is_told_to_whoever_posts_after_it) {
  event_loop loop;
  loop.close();
  EXPECT_THROW(loop.post([] {}), loop_closed_error);
  EXPECT_THROW(loop.post(std::noop_coroutine()), loop_closed_error);
  EXPECT_THROW(smartasync::spawn(loop, [] { return smartasync::sleep_for(0s); }),
               loop_closed_error);
  EXPECT_THROW(loop.run(), loop_closed_error);
  EXPECT_THROW(smartasync::detail::run_on(loop, "f", []() -> task<> { co_return; }()),
               loop_closed_error);
  loop.stop();
  loop.close();
  std::thread([&] { EXPECT_THROW(loop.post([] {}), loop_closed_error); }).join();
}

TEST_F(loop_end, is_told_to_a_coroutine_whose_call_runs_there) {
  event_loop there;
  there.close();
  const auto body = [&]() -> task<> {
    const auto call = []() -> task<int> { co_return 1; };
    co_await smartasync::detail::on_loop<int>(there, call);
  };
  EXPECT_THROW(smartasync::run(body()), loop_closed_error);
}

TEST_F(loop_end, reports_what_is_posted_while_it_ends) {
  {
    event_loop loop;
    loop.post([&] { loop.post([] { ADD_FAILURE() << "not called any more"; }); });
  }
  EXPECT_EQ(reported, std::vector<std::string>{"event_loop: a function was posted while it ended"});
}

TEST_F(loop_end, cancels_what_a_bare_coroutine_waits_for) {
  bool cancelled = false;
  const bare sleeper = [](bool& out) -> bare {
    try {
      co_await smartasync::sleep_for(1h);
    } catch (const smartasync::cancelled_error&) {
      out = true;
    }
  }(cancelled);
  {
    event_loop loop;
    loop.post(sleeper.handle);
    loop.post([&] { loop.stop(); });
    loop.run();
    EXPECT_FALSE(sleeper.handle.done());
  }
  EXPECT_TRUE(cancelled);
  EXPECT_TRUE(sleeper.handle.done());
  sleeper.handle.destroy();
}

TEST_F(loop_end, waits_for_the_call_that_a_bare_coroutine_has_offloaded) {
  std::latch started(1);
  std::latch may_end(1);
  std::thread ender;
  bool came_back = false;
  const auto blocks = [&] {
    started.count_down();
    may_end.wait();
  };
  const bare caller = [](const auto& call, bool& out) -> bare {
    co_await smartasync::to_thread(std::ref(call));
    out = true;
  }(blocks, came_back);
  {
    event_loop loop;
    loop.post(caller.handle);
    loop.post([&] { loop.stop(); });
    loop.run();
    started.wait();
    loop.post([&] { ender = std::thread([&] { may_end.count_down(); }); });
  }
  ender.join();
  EXPECT_TRUE(came_back);
  caller.handle.destroy();
}

TEST_F(loop_end, comes_for_a_bare_coroutine_that_never_stops_yielding) {
  bool cancelled = false;
  const bare yielder = [](bool& out) -> bare {
    try {
      for (;;) co_await smartasync::yield();
    } catch (const smartasync::cancelled_error&) {
      out = true;
    }
  }(cancelled);
  {
    event_loop loop;
    loop.post(yielder.handle);
  }
  EXPECT_TRUE(cancelled);
  yielder.handle.destroy();
}

TEST_F(loop_end, is_not_brought_about_by_a_coroutine_that_throws_out_of_its_resume) {
  const auto throws_at_once = []() -> bare {
    throw std::runtime_error("at once");
    co_return;
  };
  const auto throws_after_a_sleep = []() -> bare {
    co_await smartasync::sleep_for(1ms);
    throw std::runtime_error("after a sleep");
  };
  const auto throws_after_a_task = []() -> bare {
    const auto sleeps = []() -> task<> { co_await smartasync::sleep_for(2ms); };
    co_await sleeps();
    throw std::runtime_error("after a task");
  };
  event_loop loop;
  const bare all[] = {throws_at_once(), throws_after_a_sleep(), throws_after_a_task()};
  for (const bare& each : all) loop.post(each.handle);
  bool went_on = false;
  smartasync::spawn(loop, [&]() -> task<> {
    co_await smartasync::sleep_for(20ms);
    went_on = true;
    loop.stop();
  });
  loop.run();
  EXPECT_TRUE(went_on);
  EXPECT_EQ(reported, (std::vector<std::string>{"at once", "after a sleep", "after a task"}));
#if !defined(__clang__)  // It would destroy again what a coroutine had: llvm-project#61900.
  for (const bare& each : all) each.handle.destroy();
#endif
}

TEST_F(loop_end, of_the_process_comes_when_a_coroutine_calls_exit) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  const auto exits_in_a_run = [] {
    smartasync::run([]() -> task<> {
      co_await smartasync::yield();
      std::exit(7);
    });
  };
  EXPECT_EXIT(exits_in_a_run(), testing::ExitedWithCode(7), "");
  const auto exits_in_spawned_work = [] {
    smartasync::run([]() -> task<> {
      smartasync::spawn([]() -> task<> {
        co_await smartasync::yield();
        std::exit(7);
      });
      co_await smartasync::sleep_for(1h);
    });
  };
  EXPECT_EXIT(exits_in_spawned_work(), testing::ExitedWithCode(7), "");
}

}  // namespace
