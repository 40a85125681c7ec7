// SPDX-License-Identifier: MIT
#include "smartasync/detail/wait_note.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync {

descriptor_wait::descriptor_wait(event_loop* loop, int descriptor, bool writing) noexcept
    : cancel_node(&descriptor_wait::cancel), loop_(loop) {
  fd = descriptor;
  for_writing = writing;
}

bool descriptor_wait::await_ready() {
  const detail::thread_state& t = detail::state_here();
  if (t.loop == nullptr) {
    throw wrong_loop_error("a descriptor is awaited on a thread where no loop runs");
  }
  if (loop_ == nullptr) loop_ = t.loop;
  if (loop_ != t.loop) {
    throw wrong_loop_error("a descriptor is awaited on another loop than the one it belongs to");
  }
  cancelled_ = detail::cancelling_scope()->cancelled();
  return cancelled_;
}

bool descriptor_wait::await_suspend(detail::awaiting_coroutine h) {
  detail::scope* const current = detail::state_here().current;
  capture(h, current);
  if (!loop_->watch(*this)) return false;
  detail::cancelling_scope()->add(*this);
  if (detail::watching()) [[unlikely]]
    detail::note_wait(static_cast<detail::suspended*>(this), h, current,
                      for_writing ? detail::wait_kind::writable : detail::wait_kind::readable,
                      {.descriptor = fd});
  return true;
}

void descriptor_wait::await_resume() {
  unlink();
  if (cancelled_) throw cancelled_error();
}

void descriptor_wait::cancel(detail::cancel_node* node) noexcept {
  auto* self = static_cast<descriptor_wait*>(node);
  if (self->found) return;
  self->cancelled_ = true;
  self->loop_->unwatch(*self);
  self->loop_->post_here(*self);
}

}  // namespace smartasync
