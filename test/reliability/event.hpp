// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <mutex>

namespace reliability {

/// Set once, on any thread, and awaited once.
class event {
 public:
  static bool await_ready() noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> h) {
    const std::lock_guard lock(mutex_);
    waiting_ = h;
    return !set_;
  }
  static void await_resume() noexcept {}
  void set() {
    std::coroutine_handle<> waiting;
    {
      const std::lock_guard lock(mutex_);
      set_ = true;
      waiting = waiting_;
    }
    if (waiting) waiting.resume();
  }

 private:
  std::mutex mutex_;
  bool set_ = false;
  std::coroutine_handle<> waiting_;
};

}  // namespace reliability
