// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <coroutine>
#include <exception>
#include <type_traits>
#include <utility>

#include "smartasync/awaitable.hpp"
#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/foreign.hpp"
#include "smartasync/detail/outcome.hpp"
#include "smartasync/detail/promise.hpp"

// The frame of a child that is awaited where it is made may be a part of its parent's: the child
// has ended before its parent goes on, whatever loop it runs on. It is the task that destroys it,
// in its final suspension; a coroutine that ran off its end would free a frame that it has not got
// (llvm-project#188230, Clang 20 to 22).
#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::coro_await_elidable)
#define SMARTASYNC_AWAIT_ELIDABLE [[clang::coro_await_elidable]]
#endif
#endif
#ifndef SMARTASYNC_AWAIT_ELIDABLE
#define SMARTASYNC_AWAIT_ELIDABLE
#endif

namespace smartasync {

template <class T>
class task;

namespace detail {

/// Awaits through a reference: GCC 12 copies an awaiter that `await_transform` returns as one, and
/// some cannot even be moved.
template <class Awaiter>
class awaiter_ref {
 public:
  explicit awaiter_ref(Awaiter& a) noexcept : awaiter_(a) {}

  bool await_ready() { return awaiter_.await_ready(); }
  template <class Promise>
  auto await_suspend(std::coroutine_handle<Promise> h) {
    return awaiter_.await_suspend(h);
  }
  decltype(auto) await_resume() { return awaiter_.await_resume(); }

 private:
  Awaiter& awaiter_;
};

template <class T>
class task_promise_base : public promise_base {
 public:
  [[gnu::cold, gnu::noinline]] void unhandled_exception() noexcept {
    result_.set_error(std::current_exception());
  }
  [[nodiscard]] task_outcome<T>& result() noexcept { return result_; }

  template <class A>
  decltype(auto) await_transform(A&& a) {
    if constexpr (native<A> && awaiter<A>) {
      return awaiter_ref<std::remove_reference_t<A>>(a);
    } else if constexpr (native<A>) {
      return static_cast<A&&>(a);
    } else {
      static_assert(awaitable<A>, "this type cannot be awaited in a smartasync::task");
      return foreign_awaiter<A>(static_cast<A&&>(a));
    }
  }

 protected:
  task_outcome<T> result_;
};

template <class T>
class task_promise final : public task_promise_base<T> {
 public:
  task<T> get_return_object() noexcept;

  template <class U = T>
    requires std::convertible_to<U&&, T> || std::constructible_from<T, U&&>
  void return_value(U&& value) {
    this->result_.set_value(std::forward<U>(value));
  }
};

template <>
class task_promise<void> final : public task_promise_base<void> {
 public:
  task<void> get_return_object() noexcept;
  void return_void() noexcept { result_.set_value(); }
};

template <class T>
class task_awaiter {
 public:
  using smartasync_native = void;

  explicit task_awaiter(std::coroutine_handle<task_promise<T>> child) noexcept : child_(child) {}

  bool await_ready() noexcept { return child_.promise().start_nested(child_); }
  bool await_suspend(awaiting_coroutine parent) noexcept { return child_.promise().notify(parent); }
  T await_resume() { return child_.promise().result().take(); }

 private:
  std::coroutine_handle<task_promise<T>> child_;
};

}  // namespace detail

/// A lazy coroutine: it starts when it is awaited, given to `run()` or to a combinator, and what it
/// returns or throws comes out there. `T` may be void, a reference, move-only, or not
/// default-constructible. A task that was never started is destroyed with its arguments; one that
/// is suspended must not be destroyed.
///
/// Awaiting costs no allocation in the steady state (frames are recycled by each thread) and does
/// not grow the stack, however many awaits follow each other and however deep they nest.
///
/// Thread safety: none of its own; moves freely between threads before it is started.
template <class T = void>
class [[nodiscard]] SMARTASYNC_AWAIT_ELIDABLE task {
 public:
  using promise_type = detail::task_promise<T>;
  using value_type = T;
  using smartasync_native = void;

  /// Owns a coroutine that has not started: what its promise makes.
  explicit task(std::coroutine_handle<promise_type> h) noexcept : handle_(h) {}
  task(task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  task& operator=(task&& other) noexcept {
    task(std::move(other)).swap(*this);
    return *this;
  }
  ~task() {
    if (!handle_) return;
    handle_.promise().result().drop_error();
    handle_.destroy();
  }

  /// Exchanges the two coroutines.
  void swap(task& other) noexcept { std::swap(handle_, other.handle_); }

  /// False once moved from.
  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(handle_); }

  /// Runs the task and gives its result; the awaiting coroutine goes on where it was, in its own
  /// scope. A task is awaited once. Requires that it was not moved from.
  [[nodiscard]] detail::task_awaiter<T> operator co_await() && noexcept {
    return detail::task_awaiter<T>(handle_);
  }

  /// For who starts it by other means than awaiting.
  [[nodiscard]] std::coroutine_handle<promise_type> handle() const noexcept { return handle_; }
  /// The same, for who destroys it, too.
  [[nodiscard]] std::coroutine_handle<promise_type> release() noexcept {
    return std::exchange(handle_, nullptr);
  }

 private:
  std::coroutine_handle<promise_type> handle_;
};

namespace detail {

template <class T>
task<T> task_promise<T>::get_return_object() noexcept {
  return task<T>(std::coroutine_handle<task_promise>::from_promise(*this));
}

inline task<void> task_promise<void>::get_return_object() noexcept {
  return task<void>(std::coroutine_handle<task_promise>::from_promise(*this));
}

template <class A>
inline constexpr bool is_task = false;
template <class T>
inline constexpr bool is_task<task<T>> = true;

/// Anything that can be awaited, or a callable that makes it, as a task. The operand is moved into
/// the task (`A` a value) or referred to (`A` a reference).
template <class A>
task<await_value_t<A>> awaiting(A a) {
  co_return co_await static_cast<A&&>(a);
}
template <class F>
task<await_value_t<std::invoke_result_t<F>>> awaiting_result(F f) {
  co_return co_await static_cast<F&&>(f)();
}

/// What can be given where an operation is taken: an awaitable, or a callable that makes one.
template <class A>
concept startable = awaitable<A> || makes_awaitable<A>;

/// `as_task(x)`: a task stays what it is, an awaitable and a callable that makes one are wrapped. A
/// callable is called when the task starts. An lvalue, and what cannot be moved, is referred to and
/// must outlive the task.
template <startable A>
auto as_task(A&& a) {
  using value = std::remove_cvref_t<A>;
  constexpr bool moved = !std::is_lvalue_reference_v<A> && std::move_constructible<value>;
  using kept = std::conditional_t<moved, value, std::remove_reference_t<A>&>;
  if constexpr (is_task<value>) {
    static_assert(!std::is_lvalue_reference_v<A>, "a task is consumed: std::move it");
    return task<typename value::value_type>(std::move(a));
  } else if constexpr (awaitable<A>) {
    return awaiting<kept>(static_cast<kept&&>(a));
  } else {
    return awaiting_result<kept>(static_cast<kept&&>(a));
  }
}

/// The value that it ends with.
template <startable A>
using started_value_t = typename decltype(as_task(std::declval<A>()))::value_type;

}  // namespace detail
}  // namespace smartasync
