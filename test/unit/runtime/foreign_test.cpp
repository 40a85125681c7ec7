// SPDX-License-Identifier: MIT
#include "smartasync/detail/foreign.hpp"

#include <gtest/gtest.h>

#include <coroutine>
#include <stdexcept>
#include <thread>

#include "smartasync/context.hpp"
#include "smartasync/context_var.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"

namespace other {

/// A library's own future, with no member for `co_await`.
struct future {
  int value;
};

}  // namespace other

template <>
struct smartasync::awaitable_traits<other::future> {
  struct awaiter {
    int value;
    static bool await_ready() noexcept { return true; }
    static void await_suspend(std::coroutine_handle<>) noexcept {}
    int await_resume() const noexcept { return value; }
  };
  static awaiter adapt(other::future&& f) { return {f.value}; }
};

namespace {

using smartasync::run;
using smartasync::task;

/// Resumes on a thread of its own.
struct on_new_thread {
  std::thread* thread;
  bool fail = false;
  static bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<> h) {
    *thread = std::thread([h] { h.resume(); });
  }
  int await_resume() const {
    if (fail) throw std::runtime_error("foreign");
    return 9;
  }
};

TEST(foreign, awaitable_that_resumes_elsewhere_comes_back_to_the_loop_and_the_scope) {
  smartasync::context_var<int> var(0);
  std::thread other;
  const auto here = std::this_thread::get_id();
  auto body = [&]() -> task<> {
    var.set(7);
    smartasync::event_loop* const loop = smartasync::current_loop();
    on_new_thread operation{&other};
    EXPECT_EQ(co_await operation, 9);
    EXPECT_EQ(std::this_thread::get_id(), here);
    EXPECT_EQ(smartasync::current_loop(), loop);
    EXPECT_EQ(var.get(), 7);
    co_await smartasync::yield();
  };
  run(body());
  other.join();
}

TEST(foreign, exception_comes_out_of_the_await) {
  std::thread other;
  auto body = [&]() -> task<> {
    on_new_thread operation{&other, true};
    co_await operation;
  };
  EXPECT_THROW(run(body()), std::runtime_error);
  other.join();
}

TEST(foreign, future_is_awaited_through_its_trait) {
  auto body = []() -> task<int> {
    other::future f{31};
    co_return co_await std::move(f);
  };
  EXPECT_EQ(run(body()), 31);
  EXPECT_EQ(run(other::future{32}), 32);
}

/// Says that it did not suspend after all.
struct declines {
  std::coroutine_handle<>* seen;
  static bool await_ready() noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> h) const noexcept {
    *seen = h;
    return false;
  }
  static int await_resume() noexcept { return 3; }
};

TEST(foreign, await_suspend_may_decline) {
  std::coroutine_handle<> seen;
  auto body = [&]() -> task<int> {
    declines operation{&seen};
    co_return co_await operation;
  };
  EXPECT_EQ(run(body()), 3);
  EXPECT_TRUE(seen);
}

/// Transfers to the handle that it was given.
struct transfers {
  static bool await_ready() noexcept { return false; }
  static std::coroutine_handle<> await_suspend(std::coroutine_handle<> h) noexcept { return h; }
  static int await_resume() noexcept { return 4; }
};

TEST(foreign, await_suspend_may_transfer) {
  auto body = []() -> task<int> { co_return co_await transfers(); };
  EXPECT_EQ(run(body()), 4);
}

}  // namespace
