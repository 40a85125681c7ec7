// SPDX-License-Identifier: MIT
#pragma once

// Operations for the tests of the combinators.

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/task.hpp"
#include "smartasync/to_thread.hpp"

namespace combinator_test {

using namespace std::chrono_literals;
using smartasync::task;

/// Much longer than any test may last: what sleeps for it was cancelled, or the test hangs.
inline constexpr auto for_ever = 24h;

inline task<int> at_once(int value) { co_return value; }

inline task<int> after_yields(int value, int yields) {
  for (int i = 0; i != yields; ++i) co_await smartasync::yield();
  co_return value;
}

inline task<int> fails_at_once(const char* text) {
  throw std::runtime_error(text);
  co_return 0;
}

inline task<int> fails_after_yields(const char* text, int yields) {
  for (int i = 0; i != yields; ++i) co_await smartasync::yield();
  throw std::runtime_error(text);
}

/// A turn of the loop that cannot be cancelled.
struct uncancellable_turn {
  static bool await_ready() noexcept { return false; }
  static void await_suspend(std::coroutine_handle<> h) {
    smartasync::current_loop()->post([h] { h.resume(); });
  }
  static void await_resume() noexcept {}
};

/// Writes what happens to it, and takes `cleanup_turns` turns of the loop to end once cancelled.
inline task<int> until_cancelled(std::vector<std::string>& log, std::string name,
                                 int cleanup_turns = 0) {
  bool cancelled = false;
  try {
    log.push_back(name + " waits");
    co_await smartasync::sleep_for(for_ever);
  } catch (const smartasync::cancelled_error&) {
    cancelled = true;
  }
  log.push_back(name + (cancelled ? " cancelled" : " woke"));
  for (int i = 0; i != cleanup_turns; ++i) co_await uncancellable_turn();
  log.push_back(name + " ended");
  if (cancelled) throw smartasync::cancelled_error();
  co_return 0;
}

/// An awaitable that cannot be moved, gives `value` after a turn of the loop.
class immovable {
 public:
  explicit immovable(int value) : value_(value) {}
  immovable(immovable&&) = delete;

  auto operator co_await() { return smartasync::detail::task_awaiter<int>(work().handle()); }

 private:
  task<int>& work() {
    work_ = std::make_unique<task<int>>(after_yields(value_, 1));
    return *work_;
  }
  int value_;
  std::unique_ptr<task<int>> work_;
};

/// An event that a test opens by hand, on the loop's thread; waiting for it cannot be cancelled.
class gate {
 public:
  bool await_ready() const noexcept { return open_; }
  void await_suspend(std::coroutine_handle<> h) { waiters_.push_back(h); }
  void await_resume() const noexcept {}

  void open() {
    open_ = true;
    for (const auto h : std::exchange(waiters_, {})) h.resume();
  }

 private:
  bool open_ = false;
  std::vector<std::coroutine_handle<>> waiters_;
};

template <class F>
std::string text_of_error(F&& f) {
  try {
    std::forward<F>(f)();
  } catch (const std::exception& e) {
    return e.what();
  }
  return "no error";
}

}  // namespace combinator_test
