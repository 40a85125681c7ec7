// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <functional>
#include <type_traits>
#include <utility>

#include "smartasync/detail/awaiting_coroutine.hpp"
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

  offload_base(executor& where, call_function* call) noexcept
      : job(&offload_base::execute),
        cancel_node(&offload_base::cancel),
        where_(where),
        call_(call) {}

  /// True when the call is over, or is not to be made, without suspending.
  bool begin();
  /// Queues the call; throws what the executor does.
  void submit(awaiting_coroutine h);
  /// The coroutine goes on. Throws `cancelled_error` when the call was not made.
  void end() {
    unlink();
    if (chain == nullptr && home != nullptr) [[unlikely]]
      release_loop();
    if (cancelled_) [[unlikely]]
      throw_cancelled();
  }

  [[nodiscard]] executor& where() const noexcept { return where_; }

 private:
  static void execute(work_item* item) noexcept;
  static void cancel(cancel_node* node) noexcept;
  void release_loop() noexcept;
  [[noreturn]] static void throw_cancelled();

  executor& where_;
  call_function* call_;
  suspended waiter_;
  bool cancelled_ = false;
};

/// Awaited, calls `f()` on an executor. Movable until it is awaited.
template <class F>
class [[nodiscard]] offload : offload_base {
 public:
  using smartasync_native = void;
  using result = std::invoke_result_t<F>;

  offload(executor& where, F f) noexcept(std::is_nothrow_move_constructible_v<F>)
      : offload_base(where, &offload::call), f_(std::move(f)) {}
  offload(offload&& other) noexcept(std::is_nothrow_move_constructible_v<F>)
      : offload_base(other.where(), &offload::call), f_(std::move(other.f_)) {}

  bool await_ready() { return begin(); }
  void await_suspend(awaiting_coroutine h) { submit(h); }
  result await_resume() {
    end();
    return outcome_.take();
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
