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
#include "smartasync/spawn.hpp"
#include "smartasync/task.hpp"

namespace smartasync {
namespace detail {

class portal_visit;

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
  std::shared_ptr<portal_visit> visit;  ///< Of the thread that waits for it; null where none does.

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
/// The same, and waits until there is an outcome.
void visit(portal_state& portal, const std::shared_ptr<submission>& one, task<void> work);
void leave(portal_state& portal, const std::shared_ptr<submission>& one) noexcept;

/// What can be submitted: something to await, or a callable.
template <class Work>
concept submittable = awaitable<std::decay_t<Work>> || std::invocable<std::decay_t<Work>&>;

template <class Made>
struct submitted {
  using type = Made;
};
template <awaitable Made>
struct submitted<Made> {
  using type = await_value_t<Made>;
};

template <class Work>
struct submitted_work : submitted<std::invoke_result_t<Work&>> {};
template <awaitable Work>
struct submitted_work<Work> : submitted<Work> {};

template <class Work>
using submitted_value = typename submitted_work<Work>::type;

/// Whether `work` is awaited itself, or what it makes, or is a plain function.
enum class served_as { awaitable, maker, function };

template <class Work>
consteval served_as way_to_serve() {
  if constexpr (awaitable<Work>) {
    return served_as::awaitable;
  } else if constexpr (awaitable<std::invoke_result_t<Work&>>) {
    return served_as::maker;
  } else {
    return served_as::function;
  }
}

template <class T, class Work>
task<void> serve(std::shared_ptr<portal_state> portal, std::shared_ptr<submission_of<T>> one,
                 Work work) {
  constexpr served_as way = way_to_serve<Work>();
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) {
      if constexpr (way == served_as::awaitable) {
        co_await static_cast<Work&&>(work);
      } else if constexpr (way == served_as::maker) {
        co_await work();
      } else {
        work();
      }
      one->fulfil();
    } else if constexpr (way == served_as::awaitable) {
      T&& value = co_await static_cast<Work&&>(work);
      one->fulfil(static_cast<T&&>(value));
    } else if constexpr (way == served_as::maker) {
      T&& value = co_await work();
      one->fulfil(static_cast<T&&>(value));
    } else {
      T&& value = work();
      one->fulfil(static_cast<T&&>(value));
    }
  } catch (...) {
    error = std::current_exception();
  }
  if (error) one->refuse(std::move(error));
  leave(*portal, one);
}

/// True where the loop can keep it until it has ended; does not compile where it cannot.
template <class Work>
consteval bool require_kept() {
  using kept = std::decay_t<Work>;
  if constexpr (awaitable<kept> && !detachable_operand<kept>) {
    static_assert(detachable_operand<kept>,
                  "this call borrows some of its arguments, and the portal's loop may still need "
                  "them when the caller goes on: submit a callable that makes the call");
    return false;
  } else {
    static_assert(std::constructible_from<kept, Work>,
                  "what is submitted is kept until it has ended, and this cannot be copied: "
                  "std::move it");
    return std::constructible_from<kept, Work>;
  }
}

}  // namespace detail

/// portal lets other threads into a loop: `submit(f)` calls `f` there, awaits what it returns, and
/// gives a future of the result; `submit(call)` awaits the call there. It is open from its
/// construction to its end or that of the loop, whichever comes first; then what has not ended is
/// cancelled, and its futures, like every later submission, get `loop_closed_error`. So a thread
/// that waits for a future never waits for a loop that is not there any more.
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

  /// Takes a callable, or something to await: a task, or the call of an annotated function that
  /// borrows nothing. Throws `blocking_call_error`, `loop_closed_error`, `std::bad_alloc`. What
  /// `work` throws comes out of the future. It sees the variables of the submitting chain.
  ///
  /// Where no loop runs on the submitting thread, an annotated call is ready when it is made: it
  /// has run there, and the future has its value. Debug mode says so; to have it made on the
  /// portal's loop, give a callable that makes it.
  template <detail::submittable Work>
  [[nodiscard]] std::future<detail::submitted_value<std::decay_t<Work>>> submit(Work&& work) {
    using kept = std::decay_t<Work>;
    using value = detail::submitted_value<kept>;
    if constexpr (detail::require_kept<Work>()) {
      return let_in<value, kept>(detail::admit, std::forward<Work>(work));
    }
  }

  /// Submits and waits, as `run()` does on an executor's thread: that counts as blocked, and makes
  /// the calls of what it waits for when no other thread is free. Calls that would wait for each
  /// other get `serial_reentry_error` or `executor_full_error`.
  ///
  /// A portal that closes ends the wait before what was submitted has ended, with
  /// `loop_closed_error`.
  template <detail::submittable Work>
  detail::submitted_value<std::decay_t<Work>> call(Work&& work) {
    using kept = std::decay_t<Work>;
    using value = detail::submitted_value<kept>;
    if constexpr (detail::require_kept<Work>()) {
      return let_in<value, kept>(detail::visit, std::forward<Work>(work)).get();
    }
  }

  /// Ends it before its destructor does.
  void close() noexcept;

 private:
  using entrance = void(detail::portal_state&, const std::shared_ptr<detail::submission>&,
                        task<void>);

  template <class Value, class Kept, class Work>
  std::future<Value> let_in(entrance& by, Work&& work) {
    detail::note_if_ready<Kept>(work, "portal::submit");
    auto one = std::make_shared<detail::submission_of<Value>>();
    std::future<Value> result = one->promise.get_future();
    by(*state_, one, detail::serve<Value, Kept>(state_, one, std::forward<Work>(work)));
    return result;
  }

  std::shared_ptr<detail::portal_state> state_;
};

}  // namespace smartasync
