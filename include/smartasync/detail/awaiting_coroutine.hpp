// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <cstdint>

namespace smartasync::detail {

class promise_base;

/// What a task has in the place of who awaits it, once it has ended.
inline constexpr std::uintptr_t ended_mark = 16;

/// The coroutine that awaits, as `await_suspend` is given it. It remembers whether that is a task,
/// so that who waits for whom can be told later. No address of a promise is made for that where a
/// coroutine awaits: compilers keep it in a register for the whole of each step.
class awaiting_coroutine {
 public:
  template <class Promise>
  awaiting_coroutine(std::coroutine_handle<Promise> h) noexcept
      : handle_(h), is_task_(is_task_promise<Promise>) {}

  operator std::coroutine_handle<>() const noexcept { return handle_; }
  [[nodiscard]] void* address() const noexcept { return handle_.address(); }
  [[nodiscard]] bool is_task() const noexcept { return is_task_; }
  /// The promise of a task, null for any other coroutine.
  [[nodiscard]] promise_base* promise() const noexcept {
    return is_task_ ? promise_of_task(handle_) : nullptr;
  }
  /// Requires that the coroutine is a task, and `is_task()` has said so.
  [[nodiscard]] static promise_base* promise_of_task(std::coroutine_handle<> h) noexcept;

 private:
  // A promise that asks for more alignment stands elsewhere in its frame. That of a coroutine whose
  // type is not known (void) may be any.
  template <class Promise>
  static constexpr bool is_task_promise = [] {
    if constexpr (requires { typename Promise::smartasync_task; }) {
      return alignof(Promise) <= 2 * sizeof(void*);
    } else {
      return false;
    }
  }();

  std::coroutine_handle<> handle_;
  bool is_task_;
};

}  // namespace smartasync::detail
