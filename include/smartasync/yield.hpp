// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>

#include "smartasync/detail/suspended.hpp"
#include "smartasync/detail/wait_note.hpp"
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
    if (detail::state_here().loop == nullptr) [[unlikely]]
      refuse();
    return false;
  }
  void await_suspend(detail::awaiting_coroutine h) noexcept {
    const detail::thread_state& t = detail::state_here();
    capture(h, t.current);
    if (detail::watching()) [[unlikely]]
      detail::note_wait(this, h, t.current, detail::wait_kind::turn);
    t.loop->post_here(*this);
  }
  void await_resume() const {
    const detail::scope* const cancelling = chain != nullptr ? chain : detail::cancelling_scope();
    if (cancelling != nullptr && cancelling->cancelled()) [[unlikely]]
      throw cancelled_error();
  }

 private:
  [[noreturn]] static void refuse() {
    throw wrong_loop_error("smartasync::yield() is awaited where no loop runs");
  }
};

/// Awaited, lets all that is ready on this loop run first. Throws, when awaited, `cancelled_error`,
/// or `wrong_loop_error` where no loop runs.
[[nodiscard]] inline yield_awaiter yield() noexcept { return {}; }

}  // namespace smartasync
