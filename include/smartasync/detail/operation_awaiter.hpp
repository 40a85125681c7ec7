// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "smartasync/awaitable.hpp"
#include "smartasync/detail/call_chain.hpp"
#include "smartasync/detail/call_watch.hpp"
#include "smartasync/detail/foreign.hpp"
#include "smartasync/detail/invocation.hpp"
#include "smartasync/detail/lane_key.hpp"
#include "smartasync/detail/pending.hpp"
#include "smartasync/keep.hpp"
#include "smartasync/site.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// The lane that a pending call of `Function` goes through: its object's, or the function's own.
template <class Function, class Pending>
const void* lane_of(Pending& of) noexcept {
  if constexpr (Function::site.serial && requires { typename Function::object; }) {
    auto&& object = of.kept().first();  // An rvalue where the method is for rvalues.
    return std::addressof(object);
  } else {
    return lane_key<Function>();
  }
}

/// What is awaited, with its awaiter.
template <class A>
struct begun_await {
  static decltype(auto) await(A&& a) {
    if constexpr (native<A>) {
      return get_awaiter(static_cast<A&&>(a));
    } else {
      return foreign_awaiter<A>(static_cast<A&&>(a));
    }
  }

  template <class Make>
  explicit begun_await(Make make) : source(make()), inner(await(static_cast<A&&>(source))) {}

  auto& awaiter() noexcept { return inner; }

  A source;
  decltype(await(std::declval<A&&>())) inner;
};

/// That of a task is its handle and no more, that of an offload is the offload itself: it is not
/// kept a second time.
template <class A>
  requires(is_task<A> || (native<A> && is_own_awaiter<A>))
struct begun_await<A> {
  template <class Make>
  explicit begun_await(Make make) : source(make()) {}

  decltype(auto) awaiter() noexcept { return get_awaiter(std::move(source)); }

  A source;
};

/// Awaits an operation or a call: the author's function is called when the await begins, never
/// before, and what it returns, or the offload of it, is awaited in turn. A call may be ready, and
/// then it is its value that the await gives. `Pending` is what keeps the arguments.
template <class T, class Function, class Pending>
class operation_awaiter {
 public:
  using smartasync_native = void;

  explicit operation_awaiter(Pending& awaited) noexcept : awaited_(&awaited), state_(state::idle) {}
  ~operation_awaiter() {
    // One branch where nothing is watched.
    if (state_ == state::begun) [[likely]] {
      begun_.~begun();
    } else if (state_ == state::watched) {
      end_watched();
    }
  }
  operation_awaiter(const operation_awaiter&) = delete;
  operation_awaiter& operator=(const operation_awaiter&) = delete;

  [[gnu::always_inline]] bool await_ready() {
    if (awaited_->mark().is_ready()) [[unlikely]]
      return true;
    try {
      if (awaited_->mark().take() != 0) [[unlikely]]
        return await_ready_watched();
      ::new (static_cast<void*>(std::addressof(begun_))) begun(make_awaitable{this});
      state_ = state::begun;
      return begun_.awaiter().await_ready();
    } catch (call_chain& chain) {
      chain.pass_on(Function::site.function, lane_of<Function>(*awaited_));
    }
  }

  template <class Promise>
  auto await_suspend(std::coroutine_handle<Promise> continuation) {
    return begun_.awaiter().await_suspend(continuation);
  }

  [[gnu::always_inline]] T await_resume() {
    if constexpr (ends_in_resume) {
      // Each of the two is likely: GCC does not take it from both together.
      if (state_ == state::begun) [[likely]] {
        if (begun_.source.handle().promise().result().has_value()) [[likely]]
          return end_task();
      }
    }
    if constexpr (requires { awaited_->take(Function::site); }) {
      if (state_ == state::idle) [[unlikely]]
        return awaited_->take(Function::site);  // It was ready.
    }
    try {
      return begun_.awaiter().await_resume();
    } catch (call_chain& chain) {
      chain.pass_on(Function::site.function, lane_of<Function>(*awaited_));
    }
  }

 private:
  enum class state : unsigned char { idle, begun, watched, ended };

  Pending* awaited_;
  call_watch watch_;
  state state_;

  struct call_author {
    decltype(auto) operator()() const {
      if (of->state_ == state::watched) [[unlikely]]
        of->watch_.enter();
      return of->awaited_->kept().template invoke<Function>();
    }
    operation_awaiter* of;
  };

  struct make_awaitable {
    decltype(auto) operator()() const {
      return invocation<Function, call_author>::awaitable(lane_of<Function>(*of->awaited_),
                                                          call_author{of});
    }
    operation_awaiter* of;
  };
  using awaitable = std::invoke_result_t<make_awaitable>;
  using begun = begun_await<awaitable>;

  /// A task that has ended with a value is destroyed as soon as that was moved out, as `run()` does
  /// it: the value need not be kept in memory meanwhile, and nothing is left to be looked at later.
  static constexpr bool ends_in_resume =
      is_task<awaitable> && (std::is_void_v<T> || std::is_nothrow_move_constructible_v<T>) &&
      !std::is_reference_v<T>;

  [[gnu::always_inline]] T end_task() noexcept {
    const auto task = begun_.source.handle();
    if constexpr (std::is_void_v<T>) {
      task.destroy();
      state_ = state::ended;
    } else {
      T value(task.promise().result().take_value());
      task.destroy();
      // Behind the call: a compiler does not know what that has changed.
      state_ = state::ended;
      return value;
    }
  }

  [[gnu::cold, gnu::noinline]] bool await_ready_watched() {
    watch_.open(Function::site, Function::kind, true);
    state_ = state::watched;
    try {
      ::new (static_cast<void*>(std::addressof(begun_))) begun(make_awaitable{this});
    } catch (...) {
      state_ = state::idle;
      watch_.close();
      throw;
    }
    if constexpr (requires { begun_.source.handle().address(); }) {
      constexpr bool wraps = Function::site.serial || Function::site.loop != nullptr;
      watch_.runs_as(begun_.source.handle().address(), wraps);
    }
    return begun_.awaiter().await_ready();
  }

  [[gnu::cold, gnu::noinline]] void end_watched() noexcept {
    watch_.close();
    begun_.~begun();
  }

  union {
    begun begun_;
  };
};

}  // namespace smartasync::detail
