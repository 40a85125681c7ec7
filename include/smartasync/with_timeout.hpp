// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <type_traits>
#include <utility>

#include "smartasync/detail/abandoning_awaiter.hpp"
#include "smartasync/detail/operand.hpp"
#include "smartasync/detail/time_limit.hpp"
#include "smartasync/detail/timeout_awaiter.hpp"
#include "smartasync/task.hpp"

namespace smartasync {

/// The awaitable of `with_timeout(d, operation)`. Nothing starts before it is awaited, once. It
/// moves unless it refers to its operand (`InPlace`); then it is awaited where it stands.
template <bool InPlace, class T>
class [[nodiscard]] timeout_awaitable {
 public:
  using smartasync_native = void;

  timeout_awaitable(std::chrono::steady_clock::duration limit, task<T> work)
      : limit_(limit), work_(std::move(work)) {}
  timeout_awaitable(timeout_awaitable&&)
    requires(!InPlace)
  = default;

  detail::timeout_awaiter<T> operator co_await() && {
    return detail::timeout_awaiter<T>(limit_, work_);
  }
  detail::timeout_awaiter<T> operator co_await() &
    requires InPlace
  {
    return detail::timeout_awaiter<T>(limit_, work_);
  }

 private:
  std::chrono::steady_clock::duration limit_;
  task<T> work_;
};

/// Awaits an operation, an awaitable or a callable that makes one, for `d` at the most, counted
/// from the await. Ended in time, it gives its result or throws what it threw. At the deadline it
/// is asked to stop; what cannot stop (a call that runs on an executor) is waited for, so that
/// nothing is left running; then `timeout_error` is thrown, whatever the operation gives by then.
///
/// With `d <= 0` it succeeds only when it ends without suspending. A cancellation from outside that
/// comes before the deadline goes through: `cancelled_error`, or the result where the operation
/// could not stop. What the operation sets in context variables is seen after it, as with a plain
/// await. How the operation is kept: as `when_all` does it. Throws `wrong_loop_error` where it is
/// awaited and no loop runs.
template <class Rep, class Period, detail::startable A>
auto with_timeout(std::chrono::duration<Rep, Period> d, A&& operation) {
  return timeout_awaitable<detail::held_in_place<A>, detail::started_value_t<A>>(
      detail::time_limit(d), detail::as_task(std::forward<A>(operation)));
}

namespace detail {
template <class T, class TimePoint>
task<T> ended_by(TimePoint limit, task<T> work) {
  co_return co_await with_timeout(limit - TimePoint::clock::now(), std::move(work));
}
}  // namespace detail

/// The same with a point of time for a limit, so that several operations can share one: a task that
/// ends by `limit`. A clock other than `steady_clock` is read once, when the task is awaited. What
/// would be referred to, an lvalue or what cannot be moved, is refused.
template <class Clock, class Duration, detail::startable A>
  requires(!detail::held_in_place<A>)
auto with_timeout(std::chrono::time_point<Clock, Duration> limit, A&& operation) {
  return detail::ended_by(limit, detail::as_task(std::forward<A>(operation)));
}

/// The tag of the `with_timeout` that does not wait past the deadline.
struct abandon_t {
  explicit abandon_t() = default;
};
/// The tag to write: `with_timeout(1s, client.get("/"), smartasync::abandon)`.
inline constexpr abandon_t abandon{};

/// The awaitable of `with_timeout(d, operation, abandon)`. Nothing starts before it is awaited,
/// once.
template <class A>
class [[nodiscard]] abandoning_awaitable {
 public:
  using smartasync_native = void;

  abandoning_awaitable(std::chrono::steady_clock::duration limit, A operation)
      : limit_(limit), operation_(std::move(operation)) {}

  detail::abandoning_awaiter<A> operator co_await() && {
    return detail::abandoning_awaiter<A>(limit_, operation_);
  }

 private:
  std::chrono::steady_clock::duration limit_;
  A operation_;
};

/// As `with_timeout(d, operation)`, but returns at the deadline: an operation that cannot stop by
/// then goes on alone, has been asked to stop, and what it ends with is dropped. The same when the
/// awaiting chain is cancelled: `cancelled_error` at once. When the loop ends, it is waited for.
///
/// Takes an operation that owns all that it uses, one with `to_task() &&` (a `call` or an
/// `operation` whose `held` is `hold::owned`), as an rvalue, or a callable that makes one, moved or
/// copied in. A `task` is refused: its arguments may be references to what is gone when it is
/// abandoned, and so is the closure, with all that it captured, of a coroutine that is a lambda.
/// The operation has its own copy of the context variables.
template <class Rep, class Period, detail::abandonable A>
auto with_timeout(std::chrono::duration<Rep, Period> d, A&& operation, abandon_t) {
  return abandoning_awaitable<std::decay_t<A>>(detail::time_limit(d), std::forward<A>(operation));
}

}  // namespace smartasync
