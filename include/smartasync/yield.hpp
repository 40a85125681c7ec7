// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <memory>
#include <new>

#include "smartasync/detail/suspended.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync {

/// The awaiter of `yield()`. What it is queued with is made when it suspends.
class yield_awaiter {
 public:
  using smartasync_native = void;

  yield_awaiter() noexcept {}
  yield_awaiter(const yield_awaiter&) = delete;
  yield_awaiter& operator=(const yield_awaiter&) = delete;

  static bool await_ready() noexcept { return false; }
  void await_suspend(detail::awaiting_coroutine h) {
    event_loop* const loop = detail::thread_local_state.loop;
    if (loop == nullptr) [[unlikely]]
      refuse();
    // Ends with that call, so that the coroutine need not save a register for what follows it.
    if (loop->is_watched()) [[unlikely]]
      return suspend_watched(h);
    loop->post_here(suspend(h, detail::thread_local_state.current));
  }
  void await_resume() const {
    if (waiting_.chain == nullptr) [[unlikely]]
      return resume_in_no_chain();
    if (waiting_.chain->cancelled()) [[unlikely]]
      throw_cancelled();
  }

 private:
  [[noreturn]] static void refuse();
  [[noreturn]] static void throw_cancelled();
  static void resume_in_no_chain();
  void suspend_watched(detail::awaiting_coroutine h) noexcept;
  detail::suspended& suspend(std::coroutine_handle<> h, detail::scope* chain) noexcept {
    return *::new (static_cast<void*>(std::addressof(waiting_))) detail::suspended(h, chain);
  }

  union {
    detail::suspended waiting_;
  };
};

/// The awaitable of `yield()`.
struct [[nodiscard]] yield_operation {
  using smartasync_native = void;

  /// By value: the coroutine has it in its frame, and no pointer to it.
  yield_awaiter operator co_await() const noexcept { return {}; }
};

/// Awaited, lets all that is ready on this loop run first. Throws, when awaited, `cancelled_error`,
/// or `wrong_loop_error` where no loop runs.
[[nodiscard]] inline yield_operation yield() noexcept { return {}; }

}  // namespace smartasync
