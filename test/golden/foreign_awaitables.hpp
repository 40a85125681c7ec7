// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <utility>

namespace golden {

// A minimal awaitable of nobody's library.
struct ready {
  int value;
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  int await_resume() const noexcept { return value; }
};

// One that is awaited through its operator, and suspends.
struct resumed {
  struct awaiter {
    int value;
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<>) const noexcept { return false; }
    int await_resume() const noexcept { return value; }
  };
  awaiter operator co_await() const { return {value}; }
  int value;
};

template <class T>
struct lazy {
  struct awaiter {
    T value;
    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    T await_resume() { return std::move(value); }
  };
  awaiter operator co_await() const { return {value}; }
  T value;
};

[[smartasync]] inline ready at_once(int value) { return {value}; }
[[smartasync]] inline resumed soon(int value) { return {value}; }
[[smartasync]] inline lazy<double> half(double of) { return {of / 2}; }
template <class T>
[[smartasync]] lazy<T> any(T value) {
  return {value};
}

}  // namespace golden
