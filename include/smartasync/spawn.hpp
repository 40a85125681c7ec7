// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

#include "smartasync/detail/cancellable.hpp"
#include "smartasync/detail/modes.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/task.hpp"

namespace smartasync {

template <class T, class Function>
class call;

namespace detail {

class scope;

/// Queues a detached task on a loop, from any thread, with a copy of the caller's variables. `as`:
/// how it is called in reports. `waits_for`: the scope of who waits for it; the task keeps that
/// alive.
void spawn_detached(event_loop& where, task<void> t, const char* as = "spawn",
                    scope* waits_for = nullptr);
/// The loop that `spawn` means here: the running one, or the one that this thread works for. Throws
/// `wrong_loop_error` where there is none.
[[nodiscard]] event_loop& spawning_loop();

template <class A>
task<void> discarding(A a) {
  if constexpr (awaitable<A>) {
    static_cast<void>(co_await static_cast<A&&>(a));
  } else {
    static_cast<void>(co_await static_cast<A&&>(a)());
  }
}

/// The annotated function whose call an A is, null for anything else.
template <class A>
inline constexpr const char* called_function = nullptr;
template <class T, class Function>
inline constexpr const char* called_function<call<T, Function>> = Function::site.function;

/// A call that is ready has run already, and waited for: it is reported, in debug mode.
void report_ready_call(const char* function, const char* given_to) noexcept;

template <class A>
void note_if_ready(const A& a, const char* given_to) noexcept {
  if constexpr (called_function<A> != nullptr) {
    if (watching() && a.ready()) [[unlikely]]
      report_ready_call(called_function<A>, given_to);
  }
}

/// What may outlive whoever starts it: of the calls of annotated functions those that borrow
/// nothing.
template <class A>
concept detachable_operand =
    startable<A> && (!requires { std::remove_cvref_t<A>::held; } ||
                     requires(std::remove_cvref_t<A>&& a) { std::move(a).to_task(); });

/// As a detached task that owns its operand.
template <class A>
task<void> detachable(A&& a) {
  using value = std::remove_cvref_t<A>;
  note_if_ready(a, "spawn");
  if constexpr (std::same_as<value, task<void>>) {
    static_assert(!std::is_lvalue_reference_v<A>, "a task is consumed: std::move it");
    return task<void>(std::move(a));
  } else {
    return discarding<value>(std::forward<A>(a));
  }
}

/// All that it needs is allocated here: once it is queued, nothing keeps `t` from being run.
inline task<void> stopped_by(std::stop_token stop, task<void> t) {
  return cancellable(std::move(t), std::vector<int>(), std::move(stop));
}

}  // namespace detail

/// Starts it on the loop that runs here (on an executor's thread: on the loop that it works for) as
/// soon as this step has ended, and waits for nothing. It has its own copy of the variables and
/// does not share the caller's cancellation. It owns what it was given: a call that borrows does
/// not compile, a callable is kept until what it made has ended. Its result is dropped; an
/// exception but `cancelled_error` goes to the handler of unhandled exceptions. Still running when
/// the loop ends, it is cancelled and waited for. Throws `wrong_loop_error` where there is no loop.
template <detail::detachable_operand A>
void spawn(A&& a) {
  event_loop& here = detail::spawning_loop();
  detail::spawn_detached(here, detail::detachable(std::forward<A>(a)));
}

/// The same; a stop of `stop`, from any thread, cancels it.
template <detail::detachable_operand A>
void spawn(A&& a, std::stop_token stop) {
  event_loop& here = detail::spawning_loop();
  detail::spawn_detached(
      here, detail::stopped_by(std::move(stop), detail::detachable(std::forward<A>(a))));
}

/// On the loop `where`, from any thread. Throws `loop_closed_error` when that has ended.
template <detail::detachable_operand A>
void spawn(event_loop& where, A&& a) {
  detail::spawn_detached(where, detail::detachable(std::forward<A>(a)));
}

}  // namespace smartasync
