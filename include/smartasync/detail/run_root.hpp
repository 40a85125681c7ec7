// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <type_traits>

#include "smartasync/context.hpp"
#include "smartasync/detail/promise.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// The text of DESIGN for a call that would block a loop.
[[noreturn]] void throw_blocking_call(const char* name);

/// Makes this thread's loop.
event_loop* make_own_loop();
/// Runs the thread's loop until a task that was started has ended.
void run_loop_until_ended(event_loop& loop, promise_base& p) noexcept;
/// All but the first row: inside a loop, or on an executor's thread.
void run_root_elsewhere(std::coroutine_handle<> h, promise_base& p, const char* name);
/// Starts the task on a loop that runs on another thread and blocks until it has ended.
void run_root_on(event_loop& where, std::coroutine_handle<> h, promise_base& p, const char* name);

/// True when this thread works for a chain whose home is another loop.
[[nodiscard]] bool belongs_elsewhere(const event_loop& where) noexcept;

/// Runs a task that was not started to its end, by the table of nesting. Throws only before it has
/// started: `blocking_call_error`.
inline void run_root(std::coroutine_handle<> h, promise_base& p, const char* name) {
  thread_state& t = this_thread;
  // A depth without a loop: something foreign has started a task on this thread, under this call.
  if (t.depth != 0 || t.worker_of != nullptr || in_async_context()) [[unlikely]] {
    return run_root_elsewhere(h, p, name);
  }
  event_loop* const loop = t.own_loop != nullptr ? t.own_loop : make_own_loop();
  // A parent only where this thread is inside of a serial lane.
  scope root(loop, &t.values, t.current);
  t.loop = loop;
  t.current = &root;
  if (!p.start(h)) [[unlikely]] run_loop_until_ended(*loop, p);
  t.current = root.parent();
  t.loop = nullptr;
}

/// Calls `f` inside of a loop; awaits what it returns, if that can be awaited.
template <class F>
auto calling(F& f) {
  using made = std::invoke_result_t<F&>;
  if constexpr (awaitable<made>) {
    return awaiting_result<F&>(f);
  } else {
    return [](F& g) -> task<made> { co_return g(); }(f);
  }
}

}  // namespace smartasync::detail
