// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <coroutine>
#include <functional>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

#include "smartasync/context.hpp"
#include "smartasync/detail/cancellable.hpp"
#include "smartasync/detail/run_root.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/stop_token.hpp"
#include "smartasync/task.hpp"

namespace smartasync {

/// What can end a run from outside.
struct run_options {
  /// Signals that cancel the run while it lasts; it unwinds, and `run()` throws `cancelled_error`
  /// unless the task caught that. After the first one, the next of them has its default effect: it
  /// ends the process. What was installed for them before is put back at the end.
  std::vector<int> cancel_on_signals = {};
  /// A stop of this token cancels the run.
  std::stop_token stop = {};
};

namespace detail {

/// `run()` under the name of an annotated function, for the text of `blocking_call_error`.
template <class T>
T run_named(const char* name, task<T> t) {
  run_root(t.handle(), t.handle().promise(), name);
  return t.handle().promise().result().take();
}

/// Runs it on another loop than the thread's own: a named one, which has a thread. Blocks; where
/// any loop runs on this thread, throws `blocking_call_error`.
template <class T>
T run_on(event_loop& where, const char* name, task<T> t) {
  if (belongs_elsewhere(where)) t = cancellable(std::move(t), {}, current_stop_token());
  run_root_on(where, t.handle(), t.handle().promise(), name);
  return t.handle().promise().result().take();
}

inline constexpr const char* run_name = "smartasync::run";

}  // namespace detail

/// Runs it to its end and gives its result, or throws what it threw: the way from synchronous code
/// into coroutines. Where it runs depends on the thread:
/// - a plain thread: on the thread's own loop, made once and reused;
/// - an executor's thread that works for a loop: on that loop, while this thread blocks; meanwhile
///   it runs calls that are offloaded by what it waits for, when no other thread is free;
/// - the thread of a running loop: nowhere, `blocking_call_error`.
/// What was spawned on a thread's own loop and has not ended by then waits for the next run there.
template <awaitable A>
auto run(A&& a) {
  return detail::run_named(detail::run_name, detail::as_task(std::forward<A>(a)));
}

/// The fast path: the task itself is the root.
template <class T>
[[gnu::always_inline]] inline T run(task<T>&& t) {
  if (!detail::plain_run::possible()) [[unlikely]]
    return detail::run_named(detail::run_name, std::move(t));
  const auto root = t.release();
  detail::plain_run().finish(root, root.promise());
  return detail::end_task(root);
}

/// The same, ended from outside as `options` says. Throws `std::system_error` for a signal that
/// cannot be caught, `std::length_error` when more than 64 runs and signal sets wait for signals.
template <awaitable A>
auto run(A&& a, const run_options& options) {
  return detail::run_named(detail::run_name,
                           detail::cancellable(detail::as_task(std::forward<A>(a)),
                                               options.cancel_on_signals, options.stop));
}

/// Calls `f()` inside the loop, where annotated calls are awaited, and runs what it returns; a
/// plain value is returned as it is.
template <std::invocable F>
  requires(!awaitable<F>)
auto run(F&& f) {
  return detail::run_calling(detail::run_name, f);
}

/// The same, ended from outside as `options` says.
template <std::invocable F>
  requires(!awaitable<F>)
auto run(F&& f, const run_options& options) {
  return detail::run_named(
      detail::run_name,
      detail::cancellable(detail::calling(f), options.cancel_on_signals, options.stop));
}

}  // namespace smartasync
