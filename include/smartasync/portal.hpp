// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <concepts>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <stop_token>
#include <type_traits>
#include <utility>

#include "smartasync/awaitable.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/task.hpp"

namespace smartasync {
namespace detail {

/// What a portal has let in and what has not come out yet. Its end is told on whatever thread ends
/// the portal or the loop.
class submission {
 public:
  submission() = default;
  virtual ~submission() = default;
  submission(const submission&) = delete;
  submission& operator=(const submission&) = delete;

  /// settle() tells whether the caller is the first to have an outcome for the future.
  [[nodiscard]] bool settle() noexcept { return !settled_.exchange(true); }
  void refuse(std::exception_ptr reason) noexcept {
    if (settle()) set_exception(std::move(reason));
  }

  std::stop_source stop;

 private:
  virtual void set_exception(std::exception_ptr reason) noexcept = 0;

  std::atomic<bool> settled_{false};
};

template <class T>
class submission_of : public submission {
 public:
  /// Gives the value, or what its move into the future throws, unless something was given before.
  template <class... Value>
  void fulfil(Value&&... value) noexcept {
    if (!settle()) return;
    try {
      promise.set_value(std::forward<Value>(value)...);
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  }

  std::promise<T> promise;

 private:
  void set_exception(std::exception_ptr reason) noexcept override {
    promise.set_exception(std::move(reason));
  }
};

/// The shared half of a portal: it outlives the portal while a submission runs.
class portal_state;

/// Throws `blocking_call_error` on the loop's thread, `loop_closed_error` when the portal is
/// closed.
void admit(portal_state& portal, const std::shared_ptr<submission>& one, task<void> work);
void leave(portal_state& portal, const std::shared_ptr<submission>& one) noexcept;

template <class Made>
struct submitted {
  using type = Made;
};
template <awaitable Made>
struct submitted<Made> {
  using type = await_value_t<Made>;
};

template <class F>
using submitted_value = typename submitted<std::invoke_result_t<F&>>::type;

template <class T, class F>
task<void> serve(std::shared_ptr<portal_state> portal, std::shared_ptr<submission_of<T>> one, F f) {
  constexpr bool awaits = awaitable<std::invoke_result_t<F&>>;
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) {
      if constexpr (awaits) {
        co_await f();
      } else {
        f();
      }
      one->fulfil();
    } else if constexpr (awaits) {
      T&& value = co_await f();
      one->fulfil(static_cast<T&&>(value));
    } else {
      T&& value = f();
      one->fulfil(static_cast<T&&>(value));
    }
  } catch (...) {
    error = std::current_exception();
  }
  if (error) one->refuse(std::move(error));
  leave(*portal, one);
}

}  // namespace detail

/// portal lets other threads into a loop: `submit(f)` calls `f` there, awaits what it returns, and
/// gives a future of the result. It is open from its construction to its end or that of the loop,
/// whichever comes first; then what has not ended is cancelled, and its futures, like every later
/// submission, get `loop_closed_error`. So a thread that waits for a future never waits for a loop
/// that is not there any more.
///
/// Thread safety: `submit()`, `call()` and `close()` from any thread, but for the loop's own:
/// to wait there for something that only the loop can do is a deadlock, and submitting is refused
/// with `blocking_call_error`. The destructor must not race with them.
class portal {
 public:
  /// Into the loop that runs here, for the coroutine that makes it. Throws `wrong_loop_error` where
  /// none runs.
  portal();
  /// Into a loop that runs, or will run, on another thread: a named one.
  explicit portal(event_loop& loop);
  ~portal() { close(); }
  portal(const portal&) = delete;
  portal& operator=(const portal&) = delete;

  /// Throws `blocking_call_error`, `loop_closed_error`, `std::bad_alloc`. What `f` throws comes out
  /// of the future. `f` sees the variables of the submitting chain.
  template <class F>
    requires std::invocable<std::decay_t<F>&>
  [[nodiscard]] std::future<detail::submitted_value<std::decay_t<F>>> submit(F&& f) {
    using value = detail::submitted_value<std::decay_t<F>>;
    auto one = std::make_shared<detail::submission_of<value>>();
    std::future<value> result = one->promise.get_future();
    detail::admit(*state_, one,
                  detail::serve<value, std::decay_t<F>>(state_, one, std::forward<F>(f)));
    return result;
  }

  /// Submits and waits.
  template <class F>
    requires std::invocable<std::decay_t<F>&>
  detail::submitted_value<std::decay_t<F>> call(F&& f) {
    return submit(std::forward<F>(f)).get();
  }

  /// Ends it before its destructor does.
  void close() noexcept;

 private:
  std::shared_ptr<detail::portal_state> state_;
};

}  // namespace smartasync
