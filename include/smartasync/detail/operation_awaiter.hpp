// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <memory>
#include <utility>

#include "smartasync/detail/begun_call.hpp"
#include "smartasync/detail/call_chain.hpp"
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

/// Awaits an operation or a call: the author's function is called when the await begins, never
/// before, and what it returns, or the offload of it, is awaited in turn. A call may be ready, and
/// then it is its value that the await gives. `Pending` is what keeps the arguments.
template <class T, class Function, class Pending>
class operation_awaiter {
 public:
  using smartasync_native = void;

  explicit operation_awaiter(Pending& awaited) noexcept : awaited_(&awaited) {}
  ~operation_awaiter() {
    // In this order GCC knows the first where it was written last. Before the await it was not
    // written at all: then the mark decides.
    if (begun_.has_begun() && awaited_->mark().is_taken()) [[likely]]
      begun_.end();
  }
  operation_awaiter(const operation_awaiter&) = delete;
  operation_awaiter& operator=(const operation_awaiter&) = delete;

  [[gnu::always_inline]] bool await_ready() {
    if (awaited_->mark().is_ready()) [[unlikely]] {
      begun_.begin_nothing();
      return true;
    }
    try {
      if (awaited_->mark().take() != 0) [[unlikely]]
        return await_ready_watched();
      return begun_.begin(make_awaitable<!is_task<awaitable>>()).await_ready();
    } catch (call_chain& chain) {
      chain.pass_on(Function::site.function, lane_of<Function>(*awaited_));
    }
  }

  template <class Promise>
  auto await_suspend(std::coroutine_handle<Promise> continuation) {
    return begun_.awaiter().await_suspend(continuation);
  }

  [[gnu::always_inline]] T await_resume() {
    if constexpr (is_task<awaitable>) {
      // Each of the two is likely: GCC does not take it from both together.
      if (begun_.is_plain()) [[likely]] {
        if (begun_.outcome().has_value()) [[likely]]
          return begun_.take_value();
      }
    }
    if constexpr (requires { awaited_->take(Function::site); }) {
      if (!begun_.has_begun()) [[unlikely]]
        return awaited_->take(Function::site);
    }
    try {
      return begun_.awaiter().await_resume();
    } catch (call_chain& chain) {
      chain.pass_on(Function::site.function, lane_of<Function>(*awaited_));
    }
  }

 private:
  /// `MayBeWatched`: false where that is known.
  template <bool MayBeWatched>
  struct call_author {
    using result = decltype(std::declval<Pending&>().kept().template invoke<Function>());
    result operator()() const {
      if constexpr (MayBeWatched) of->begun_.enter();
      return of->awaited_->kept().template invoke<Function>();
    }
    operation_awaiter* of;
  };
  using awaitable = decltype(invocation<Function, call_author<true>>::awaitable(
      nullptr, std::declval<call_author<true>>()));

  /// Calls the author's function only where that is what is awaited; else when awaited.
  template <bool MayBeWatched>
  auto make_awaitable() {
    return [this]() -> decltype(auto) {
      return invocation<Function, call_author<MayBeWatched>>::awaitable(
          lane_of<Function>(*awaited_), call_author<MayBeWatched>{this});
    };
  }

  [[gnu::cold, gnu::noinline]] bool await_ready_watched() {
    return begun_.begin_watched(Function::site, Function::kind, make_awaitable<true>())
        .await_ready();
  }

  Pending* awaited_;
  begun_call<awaitable> begun_;
};

}  // namespace smartasync::detail
