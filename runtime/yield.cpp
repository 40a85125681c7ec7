// SPDX-License-Identifier: MIT
#include "smartasync/yield.hpp"

#include "smartasync/detail/wait_note.hpp"
#include "smartasync/errors.hpp"

namespace smartasync {

void yield_awaiter::refuse() {
  throw wrong_loop_error("smartasync::yield() is awaited where no loop runs");
}

void yield_awaiter::throw_cancelled() { throw cancelled_error(); }

void yield_awaiter::resume_in_no_chain() {
  const detail::scope* const cancelling = detail::cancelling_scope();
  if (cancelling != nullptr && cancelling->cancelled()) throw_cancelled();
}

void yield_awaiter::suspend_watched(detail::awaiting_coroutine h) noexcept {
  const detail::thread_state& t = detail::state_here();
  detail::suspended& waiting = suspend(h, t.current);
  detail::note_wait(&waiting, h, t.current, detail::wait_kind::turn);
  t.loop->post_here(waiting);
}

}  // namespace smartasync
