// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <functional>
#include <type_traits>
#include <utility>

#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/call_chain.hpp"
#include "smartasync/detail/fetch.hpp"
#include "smartasync/detail/job.hpp"
#include "smartasync/detail/modes.hpp"
#include "smartasync/detail/outcome.hpp"
#include "smartasync/executor.hpp"

namespace smartasync::detail {

/// The part of an offloaded call that does not depend on its type: the job, who waits for it, and
/// how it is cancelled.
class offload_base : protected job, cancel_node {
 public:
  offload_base(const offload_base&) = delete;
  offload_base& operator=(const offload_base&) = delete;

 protected:
  using call_function = void(offload_base&) noexcept;

  offload_base(executor& where, job::function* f, const char* name) noexcept
      : job(f, for_whom_t()), cancel_node(&offload_base::cancel), where_(where) {
    can_be_refused = true;
    called = name;
  }

  /// Queues the call; false when it is over already, or is not to be made. Throws what the executor
  /// does. `call`: makes the call, where that is at once.
  bool submit(awaiting_coroutine h, call_function* call);

  // What is left to do as a job.

  /// False where more than the call is to be done, or less.
  [[nodiscard]] bool is_plain() const noexcept { return !refused && !watching(); }
  /// Does that.
  void execute_unusual(call_function* call) noexcept;
  /// Who waits goes on: when posted to his home, or else now.
  void executed() noexcept {
    if (home == nullptr) [[unlikely]]
      resume_here();
  }

  /// The coroutine goes on. Throws `cancelled_error` when the call was not made.
  void end() {
    // Another thread has written there last.
    if (before != nullptr) fetch_to_write(before);
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
  bool submit_answered(job_inbox::answer answer, call_function* call);
  bool submit_unusual(awaiting_coroutine h, call_function* call);
  static void cancel(cancel_node* node) noexcept;
  void release_loop() noexcept;
  [[noreturn]] void throw_not_made() const;

  executor& where_;
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
      : offload_base(where, &offload::execute, name), f_(std::move(f)) {}
  offload(offload&& other) noexcept(std::is_nothrow_move_constructible_v<F>)
      : offload_base(other.where(), &offload::execute, other.name()), f_(std::move(other.f_)) {}

  bool await_ready() const noexcept { return false; }
  bool await_suspend(awaiting_coroutine h) { return submit(h, &offload::call); }
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
  /// One of these for each type, so that a thread reaches the call in one step.
  static void execute(job* item) noexcept {
    auto& self = static_cast<offload&>(*item);
    if (self.is_plain()) [[likely]] {
      call(self);
    } else {
      self.execute_unusual(&offload::call);
    }
    self.executed();
  }

  static void call(offload_base& self) noexcept {
    auto& me = static_cast<offload&>(self);
    me.outcome_.set_from([&]() -> result { return std::invoke(std::move(me.f_)); });
  }

  F f_;
  outcome<result> outcome_;
};

}  // namespace smartasync::detail
