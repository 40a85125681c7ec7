// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <exception>
#include <type_traits>
#include <utility>

#include "smartasync/context.hpp"
#include "smartasync/detail/call_ref.hpp"
#include "smartasync/detail/promise.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// The text of DESIGN for a call that would block a loop.
[[noreturn, gnu::cold]] void throw_blocking_call(const char* name);

/// What `plain_run` does for a task that has not ended at once, or has left something to be
/// resumed: runs that, and the loop until the task has ended.
void run_loop_until_ended(event_loop& loop, promise_base& p) noexcept;
/// The long way: any row of the table of nesting.
void run_root_elsewhere(std::coroutine_handle<> h, promise_base& p, const char* name);
/// Starts the task on a loop that runs on another thread and blocks until it has ended.
void run_root_on(event_loop& where, std::coroutine_handle<> h, promise_base& p, const char* name);

/// True when this thread works for a chain whose home is another loop.
[[nodiscard]] bool belongs_elsewhere(const event_loop& where) noexcept;

/// Destroys a task that has ended with an exception, and throws that.
template <class T>
[[noreturn, gnu::cold, gnu::noinline]] void end_and_rethrow(
    std::coroutine_handle<task_promise<T>> h) {
  std::exception_ptr error = h.promise().result().error();
  static_cast<void>(task<T>(h));
  rethrow(error);
}

/// Gives what a task has ended with, and destroys it. No object owns it meanwhile, which would be
/// kept in memory and looked at again.
template <class T>
inline T end_task(std::coroutine_handle<task_promise<T>> h) {
  if (h.promise().result().has_error()) [[unlikely]]
    end_and_rethrow(h);
  if constexpr (std::is_void_v<T>) {
    h.destroy();
  } else if constexpr (std::is_reference_v<T>) {
    T value = h.promise().result().take_value();
    h.destroy();
    return std::forward<T>(value);
  } else if constexpr (std::is_nothrow_move_constructible_v<T>) {
    T value(h.promise().result().take_value());
    h.destroy();
    return value;
  } else {
    const task<T> owner(h);
    return h.promise().result().take_value();
  }
}

/// The first row of the table of nesting: a plain thread becomes the thread of its own loop. Names
/// the thread's state as a variable, for which compilers need no address.
class plain_run {
 public:
  /// True on a plain thread whose loop was made, outside of anything. False sends the caller the
  /// long way, which makes the loop.
  [[nodiscard]] static bool possible() noexcept {
    return prepared() && thread_local_state.loop == nullptr && (modes_now() & mode_detectors) == 0;
  }
  /// The same, where it is known that no loop runs on this thread, none of others' either.
  [[nodiscard]] static bool prepared() noexcept { return thread_local_state.own_root != nullptr; }

  /// Requires that it is possible.
  plain_run() noexcept : root_(*thread_local_state.own_root) {
    thread_local_state.loop = root_.home();
    thread_local_state.current = &root_;
  }
  // Inlined on the ways of exceptions, too: a call there would keep this object in memory.
  [[gnu::always_inline]] ~plain_run() {
    thread_local_state.loop = nullptr;
    thread_local_state.current = nullptr;
    if (root_.used()) [[unlikely]]
      root_.renew();
  }
  plain_run(const plain_run&) = delete;
  plain_run& operator=(const plain_run&) = delete;

  /// Runs a task to its end. It is the root itself: it needs no frame around it.
  void finish(std::coroutine_handle<> h, promise_base& p) noexcept {
    if (!p.start(h) || thread_local_state.next != nullptr) run_loop_until_ended(*root_.home(), p);
  }

 private:
  scope& root_;
};

/// Runs a task that was not started to its end, by the table of nesting. Throws only before it has
/// started: `blocking_call_error`.
inline void run_root(std::coroutine_handle<> h, promise_base& p, const char* name) {
  if (plain_run::possible()) [[likely]] {
    plain_run().finish(h, p);
  } else {
    run_root_elsewhere(h, p, name);
  }
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

/// A task that was not started, without its type.
struct unstarted_task {
  std::coroutine_handle<> handle;
  promise_base* promise;
};

/// `run_root` of the task that `make` makes, called inside of the loop; throws what `make` throws.
/// The result stays in the task, which is the caller's.
void run_made(call_ref<unstarted_task> make, const char* name);

/// Runs what `f` returns, called inside of the loop, and gives its result. `name` is for the text
/// of `blocking_call_error`.
template <class F>
decltype(auto) run_calling(const char* name, F& f) {
  using made = std::invoke_result_t<F&>;
  if constexpr (is_task<made>) {
    if (plain_run::possible()) [[likely]] {
      plain_run here;
      const auto root = f().release();
      here.finish(root, root.promise());
      return end_task(root);
    }
    made root(nullptr);
    auto make = [&]() -> unstarted_task {
      root = f();
      return {root.handle(), &root.handle().promise()};
    };
    run_made(call_ref<unstarted_task>(make), name);
    return root.handle().promise().result().take();
  } else {
    auto root = calling(f);
    run_root(root.handle(), root.handle().promise(), name);
    return root.handle().promise().result().take();
  }
}

}  // namespace smartasync::detail
