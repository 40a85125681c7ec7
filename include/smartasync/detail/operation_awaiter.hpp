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
    auto&& object = of.kept.first();  // An rvalue where the method is for rvalues.
    return std::addressof(object);
  } else {
    return lane_key<Function>();
  }
}

/// Awaits an operation: the author's function is called when the await begins, never before, and
/// what it returns, or the offload of it, is awaited in turn.
template <class T, class Function>
class operation_awaiter {
  using pending_arguments = pending<typename Function::arguments::storage>;

 public:
  using smartasync_native = void;

  explicit operation_awaiter(pending_arguments& awaited) noexcept
      : awaited_(&awaited), state_(awaited.mark.take() != 0 ? state::to_be_watched : state::idle) {}
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
      chain.pass_on(Function::site.function, lane_of<Function>(*awaited_));
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
      chain.pass_on(Function::site.function, lane_of<Function>(*awaited_));
    }
  }

 private:
  enum class state : unsigned char { idle, to_be_watched, begun, watched };

  struct call_author {
    decltype(auto) operator()() const {
      if (watch != nullptr) [[unlikely]]
        watch->enter();
      return arguments->kept.template invoke<Function>();
    }
    pending_arguments* arguments;
    call_watch* watch;
  };

  struct begun {
    using awaitable = decltype(invocation<Function, call_author>::awaitable(
        lane_of<Function>(std::declval<pending_arguments&>()), std::declval<call_author>()));
    static constexpr bool is_native = native<awaitable>;
    static decltype(auto) await(awaitable&& a) {
      if constexpr (is_native) {
        return get_awaiter(static_cast<awaitable&&>(a));
      } else {
        return foreign_awaiter<awaitable>(static_cast<awaitable&&>(a));
      }
    }

    begun(pending_arguments& o, call_watch* watch)
        : source(invocation<Function, call_author>::awaitable(lane_of<Function>(o),
                                                              call_author{&o, watch})),
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

  pending_arguments* awaited_;
  call_watch watch_;
  union {
    begun begun_;
  };
  state state_;
};

}  // namespace smartasync::detail
