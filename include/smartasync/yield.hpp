// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>

#include "smartasync/detail/modes.hpp"
#include "smartasync/detail/suspended.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync {

/// The awaitable of `yield()`.
class [[nodiscard]] yield_awaiter : detail::suspended {
 public:
  using smartasync_native = void;

  yield_awaiter() noexcept = default;
  yield_awaiter(yield_awaiter&&) noexcept {}

  static bool await_ready() {
    if (detail::thread_local_state.loop == nullptr) [[unlikely]]
      refuse();
    return false;
  }
  void await_suspend(detail::awaiting_coroutine h) noexcept {
    // Ends with that call, so that the coroutine need not save a register for what follows it.
    if (detail::watching()) [[unlikely]]
      return suspend_watched(h);
    capture(h, detail::thread_local_state.current);
    detail::thread_local_state.loop->post_here(*this);
  }
  void await_resume() const {
    const detail::scope* const cancelling = chain != nullptr ? chain : detail::cancelling_scope();
    if (cancelling != nullptr && cancelling->cancelled()) [[unlikely]]
      throw cancelled_error();
  }

 private:
  [[noreturn]] static void refuse();
  void suspend_watched(detail::awaiting_coroutine h) noexcept;
};

/// Awaited, lets all that is ready on this loop run first. Throws, when awaited, `cancelled_error`,
/// or `wrong_loop_error` where no loop runs.
[[nodiscard]] inline yield_awaiter yield() noexcept { return {}; }

}  // namespace smartasync
