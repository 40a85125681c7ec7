// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <coroutine>
#include <type_traits>
#include <utility>

namespace golden {

// A coroutine type of another library, with frames of its own.
class promise_of_int {
 public:
  struct promise_type {
    promise_of_int get_return_object() {
      return promise_of_int(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(int given) { value = given; }
    void unhandled_exception() {}
    int value = 0;
  };
  promise_of_int(promise_of_int&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  ~promise_of_int() {
    if (frame_) frame_.destroy();
  }
  int run() {
    frame_.resume();
    return frame_.promise().value;
  }

 private:
  explicit promise_of_int(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
  std::coroutine_handle<promise_type> frame_;
};

}  // namespace golden

// Whoever knows both libraries says how one is awaited in the other.
template <>
struct smartasync::awaitable_traits<golden::promise_of_int> {
  struct awaiter {
    golden::promise_of_int promise;
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<>) const noexcept { return false; }
    int await_resume() { return promise.run(); }
  };
  static awaiter adapt(golden::promise_of_int&& promise) { return {std::move(promise)}; }
};

namespace golden {

[[smartasync]] inline promise_of_int answer(int by) { co_return 21 * by; }

}  // namespace golden
