// SPDX-License-Identifier: MIT
#include "smartasync/sleep.hpp"

#include "smartasync/detail/wait_note.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync {
namespace {

event_loop& loop_here(const char* what) {
  event_loop* const loop = detail::state_here().loop;
  if (loop == nullptr) throw wrong_loop_error(what);
  return *loop;
}

}  // namespace

bool sleep_awaiter::await_ready() {
  static_cast<void>(loop_here("smartasync::sleep_for() is awaited where no loop runs"));
  waiting_.cancelled = detail::cancelling_scope()->cancelled();
  return waiting_.cancelled;
}

void sleep_awaiter::await_suspend(detail::awaiting_coroutine h) {
  const detail::thread_state& t = detail::state_here();
  waiting_.capture(h, t.current);
  const bool yields = relative_ && for_ <= for_.zero();
  if (relative_) until_ = std::chrono::steady_clock::now() + for_;
  if (yields) {
    t.loop->post_here(waiting_);
  } else {
    t.loop->add_timer(waiting_, until_);
  }
  if (detail::watching()) [[unlikely]]
    detail::note_wait(static_cast<detail::suspended*>(&waiting_), h, t.current,
                      detail::wait_kind::timer, {.until = until_});
  if (yields) return;
  detail::cancelling_scope()->add(waiting_);
}

void sleep_awaiter::await_resume() {
  waiting_.unlink();
  if (waiting_.cancelled) throw cancelled_error();
}

void sleep_awaiter::waiting::cancel(detail::cancel_node* node) noexcept {
  auto* self = static_cast<waiting*>(node);
  if (self->slot == idle) return;  // Fired, and in the loop's queue.
  self->cancelled = true;
  event_loop& loop = *detail::state_here().loop;
  loop.remove_timer(*self);
  loop.post_here(*self);
}

}  // namespace smartasync
