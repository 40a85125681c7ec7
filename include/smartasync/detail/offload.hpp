// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <functional>
#include <type_traits>
#include <utility>

#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/call_chain.hpp"
#include "smartasync/detail/job.hpp"
#include "smartasync/detail/outcome.hpp"
#include "smartasync/detail/suspended.hpp"
#include "smartasync/executor.hpp"

namespace smartasync::detail {

/// The part of an offloaded call that does not depend on its type: the job, who waits for it, and
/// how it is cancelled.
class offload_base : job, cancel_node {
 public:
  offload_base(const offload_base&) = delete;
  offload_base& operator=(const offload_base&) = delete;

 protected:
  using call_function = void(offload_base&) noexcept;

  offload_base(executor& where, call_function* call, const char* name) noexcept
      : job(&offload_base::execute),
        cancel_node(&offload_base::cancel),
        where_(where),
        call_(call) {
    can_be_refused = true;
    called = name;
  }

  /// Queues the call; false when it is over already, or is not to be made. Throws what the executor
  /// does.
  bool submit(awaiting_coroutine h);
  /// The coroutine goes on. Throws `cancelled_error` when the call was not made.
  void end() {
    unlink();
    if (chain == nullptr && home != nullptr) [[unlikely]]
      release_loop();
    if (cancelled) [[unlikely]]
      throw_not_made();
  }
  /// An error leaves the call.
  void leave(call_chain& error) const noexcept { error.left(static_cast<const job*>(this)); }

  [[nodiscard]] executor& where() const noexcept { return where_; }
  [[nodiscard]] const char* name() const noexcept { return called; }

 private:
  static void execute(work_item* item) noexcept;
  static void cancel(cancel_node* node) noexcept;
  void release_loop() noexcept;
  [[noreturn]] void throw_not_made() const;

  executor& where_;
  call_function* call_;
  suspended waiter_;
};

/// Awaited, calls `f()` on an executor. Movable until it is awaited.
template <class F>
class [[nodiscard]] offload : offload_base {
 public:
  using smartasync_native = void;
  using result = std::invoke_result_t<F>;

  /// `name`: what errors call it.
  offload(executor& where, F f, const char* name = "smartasync::to_thread") noexcept(
      std::is_nothrow_move_constructible_v<F>)
      : offload_base(where, &offload::call, name), f_(std::move(f)) {}
  offload(offload&& other) noexcept(std::is_nothrow_move_constructible_v<F>)
      : offload_base(other.where(), &offload::call, other.name()), f_(std::move(other.f_)) {}

  bool await_ready() const noexcept { return false; }
  bool await_suspend(awaiting_coroutine h) { return submit(h); }
  result await_resume() {
    end();
    try {
      return outcome_.take();
    } catch (call_chain& error) {
      leave(error);
      throw;
    }
  }

 private:
  static void call(offload_base& self) noexcept {
    auto& me = static_cast<offload&>(self);
    me.outcome_.set_from([&]() -> result { return std::invoke(std::move(me.f_)); });
  }

  F f_;
  outcome<result> outcome_;
};

}  // namespace smartasync::detail
