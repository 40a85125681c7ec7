// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <utility>

#include "smartasync/detail/promise.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/suspended.hpp"
#include "smartasync/detail/work_item.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// A task that runs in a scope of its own beside its parent: what the combinators are built of.
///
/// Life: made on the parent's loop, in `group`, which outlives it; `start()`; thereafter `then` is
/// called once on the loop's thread, in no scope, perhaps before `start()` returns. After that the
/// child may be destroyed, by `then` itself too. A child that was started and has not ended must
/// not be destroyed: cancel its scope and wait. Not movable: children of a range go into a
/// `std::deque`, a `std::list` or an array.
class child_base : completion, work_item {
 public:
  using ended = void(child_base&) noexcept;

  child_base(const child_base&) = delete;
  child_base& operator=(const child_base&) = delete;

  /// Starts the task on this thread; it runs until it first suspends. Far down the native stack it
  /// starts from the loop's queue instead. Requires that the group's home loop runs on this thread.
  void start() noexcept;

  /// The child's own scope: cancel it to end this child alone.
  [[nodiscard]] scope& own_scope() noexcept { return scope_; }

 protected:
  child_base(scope& group, std::coroutine_handle<> h, promise_base& p, ended* then) noexcept
      : completion(&child_base::completed, "operand"),
        work_item(&child_base::start_queued),
        scope_(group),
        handle_(h),
        promise_(p),
        ended_(then) {}
  ~child_base() = default;

 private:
  static void completed(completion* self) noexcept;
  static void start_queued(work_item* self) noexcept;
  void start_here() noexcept;
  void finish() noexcept;

  scope scope_;
  std::coroutine_handle<> handle_;
  promise_base& promise_;
  ended* ended_;
};

/// A child with its task and its result.
template <class T>
class child : public child_base {
 public:
  /// `then(child)`: see `child_base`. Make `t` of any operation with `as_task`.
  child(scope& group, task<T> t, ended* then) noexcept
      : child_base(group, t.handle(), t.handle().promise(), then), task_(std::move(t)) {}

  /// The result, once it has ended.
  [[nodiscard]] task_outcome<T>& result() noexcept { return task_.handle().promise().result(); }

 private:
  task<T> task_;
};

}  // namespace smartasync::detail
