// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <cstddef>

namespace smartasync::detail {

class promise_base;

/// The coroutine that awaits, as `await_suspend` is given it. It remembers whether that is a task,
/// so that who waits for whom can be told later; costs what the handle costs.
class awaiting_coroutine {
 public:
  template <class Promise>
  awaiting_coroutine(std::coroutine_handle<Promise> h) noexcept
      : handle_(h), promise_(task_promise(h)) {}

  operator std::coroutine_handle<>() const noexcept { return handle_; }
  [[nodiscard]] void* address() const noexcept { return handle_.address(); }
  /// The promise of a task, null for any other coroutine.
  [[nodiscard]] promise_base* promise() const noexcept { return promise_; }

 private:
  template <class Promise>
  static promise_base* task_promise(std::coroutine_handle<Promise> h) noexcept {
    // A promise that asks for more alignment stands elsewhere in its frame.
    if constexpr (requires { typename Promise::smartasync_task; } &&
                  alignof(Promise) <= 2 * sizeof(void*)) {
      return &h.promise();
    } else {
      return nullptr;
    }
  }
  static promise_base* task_promise(std::coroutine_handle<> /*unknown*/) noexcept {
    return nullptr;
  }

  std::coroutine_handle<> handle_;
  promise_base* promise_;
};

}  // namespace smartasync::detail
