// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>

#include "smartasync/awaitable.hpp"
#include "smartasync/detail/call_chain.hpp"
#include "smartasync/detail/call_watch.hpp"
#include "smartasync/detail/foreign.hpp"
#include "smartasync/detail/invocation.hpp"
#include "smartasync/keep.hpp"
#include "smartasync/site.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// Awaits an operation: the author's function is called when the await begins, never before, and
/// what it returns, or the offload of it, is awaited in turn.
template <class T, class Operation, class Function>
class operation_awaiter {
 public:
  using smartasync_native = void;

  explicit operation_awaiter(Operation& awaited) noexcept
      : awaited_(&awaited),
        state_(awaited.place_.take() != 0 ? state::to_be_watched : state::idle) {}
  /// Of nothing: not to be awaited.
  explicit operation_awaiter(std::nullptr_t) noexcept : awaited_(nullptr), state_(state::idle) {}
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

  bool await_ready() {
    try {
      if (state_ == state::to_be_watched) [[unlikely]]
        return await_ready_watched();
      ::new (static_cast<void*>(std::addressof(begun_))) begun(*awaited_, nullptr);
      state_ = state::begun;
      return begun_.inner.await_ready();
    } catch (call_chain& chain) {
      chain.pass_on(Function::site.function, awaited_->lane_key());
    }
  }

  template <class Promise>
  auto await_suspend(std::coroutine_handle<Promise> continuation) {
    return begun_.inner.await_suspend(continuation);
  }

  T await_resume() {
    try {
      return begun_.inner.await_resume();
    } catch (call_chain& chain) {
      chain.pass_on(Function::site.function, awaited_->lane_key());
    }
  }

 private:
  enum class state : unsigned char { idle, to_be_watched, begun, watched };

  struct call_author {
    decltype(auto) operator()() const {
      if (watch != nullptr) [[unlikely]]
        watch->enter();
      return operation->invoke();
    }
    Operation* operation;
    call_watch* watch;
  };

  struct begun {
    using awaitable = decltype(invocation<Function, call_author>::awaitable(
        std::declval<Operation&>().lane_key(), std::declval<call_author>()));
    static constexpr bool is_native = native<awaitable>;
    static decltype(auto) await(awaitable&& a) {
      if constexpr (is_native) {
        return get_awaiter(static_cast<awaitable&&>(a));
      } else {
        return foreign_awaiter<awaitable>(static_cast<awaitable&&>(a));
      }
    }

    begun(Operation& o, call_watch* watch)
        : source(
              invocation<Function, call_author>::awaitable(o.lane_key(), call_author{&o, watch})),
          inner(await(static_cast<awaitable&&>(source))) {}

    awaitable source;
    decltype(await(std::declval<awaitable&&>())) inner;
  };

  [[gnu::cold, gnu::noinline]] bool await_ready_watched() {
    watch_.open(Function::site, Function::kind, true);
    try {
      ::new (static_cast<void*>(std::addressof(begun_))) begun(*awaited_, &watch_);
    } catch (...) {
      watch_.close();
      throw;
    }
    state_ = state::watched;
    if constexpr (requires { begun_.source.handle().address(); }) {
      constexpr bool wraps = Function::site.serial || Function::site.loop != nullptr;
      watch_.runs_as(begun_.source.handle().address(), wraps);
    }
    return begun_.inner.await_ready();
  }

  [[gnu::cold, gnu::noinline]] void end_watched() noexcept {
    watch_.close();
    begun_.~begun();
  }

  Operation* awaited_;
  call_watch watch_;
  union {
    begun begun_;
  };
  state state_;
};

}  // namespace smartasync::detail
