// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <coroutine>
#include <optional>
#include <utility>

#include "smartasync/detail/promise.hpp"
#include "smartasync/detail/run_root.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/suspended.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// The part of a hop that does not depend on its type. A coroutine on one loop awaits a task that
/// runs on another: the task is started there, in a scope of its own whose variables are those of
/// the awaiting chain, and its end is posted back. A cancellation of the awaiting chain is posted
/// to the other loop; the hop ends when both the task and such a post have.
class loop_hop_base : completion, cancel_node {
 public:
  loop_hop_base(const loop_hop_base&) = delete;
  loop_hop_base& operator=(const loop_hop_base&) = delete;

  static bool await_ready();
  void await_suspend(awaiting_coroutine h);

 protected:
  loop_hop_base(event_loop& there, std::coroutine_handle<> h, promise_base& p) noexcept
      : completion(&loop_hop_base::ended, "hop"),
        cancel_node(&loop_hop_base::cancel),
        there_(there),
        handle_(h),
        promise_(p) {}
  ~loop_hop_base() {
    unlink();
    if (holds_loop_) here_->release();
  }

 private:
  /// A work_item that knows its hop.
  struct step : work_item {
    step(function* f, loop_hop_base& owner) noexcept : work_item(f), hop(owner) {}
    loop_hop_base& hop;
  };

  static void start(work_item* item) noexcept;
  static void ended(completion* self) noexcept;
  static void cancel(cancel_node* self) noexcept;
  static void cancel_there(work_item* item) noexcept;
  void finish_there() noexcept;
  void release() noexcept;

  event_loop& there_;
  std::coroutine_handle<> handle_;
  promise_base& promise_;
  event_loop* here_ = nullptr;
  bool holds_loop_ = false;  ///< There is no chain for which the loop would wait before it ends.
  suspended waiter_;
  step start_{&loop_hop_base::start, *this};
  step cancel_{&loop_hop_base::cancel_there, *this};
  std::optional<scope> scope_;  // Touched on the other loop's thread alone.
  // The task, and a cancel that is on its way: the last of them to end posts the waiter.
  std::atomic<unsigned> open_{1};
};

/// Awaited, runs a task on another loop.
template <class T>
class loop_hop : public loop_hop_base {
 public:
  using smartasync_native = void;

  loop_hop(event_loop& there, task<T> t) noexcept
      : loop_hop_base(there, t.handle(), t.handle().promise()), task_(std::move(t)) {}

  T await_resume() { return task_.handle().promise().result().take(); }

 private:
  task<T> task_;
};

/// Calls `call` on the loop `there` and awaits there what it returns; resumes on the loop where it
/// was awaited.
template <class T, class Call>
task<T> on_loop(event_loop& there, Call call) {
  if (there.running_in_this_thread()) co_return co_await calling(call);
  co_return co_await loop_hop<T>(there, calling(call));
}

}  // namespace smartasync::detail
