// SPDX-License-Identifier: MIT
#include "smartasync/detail/foreign.hpp"

#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

std::coroutine_handle<> way_home::open(awaiting_coroutine h) {
  const thread_state& t = state_here();
  capture(h, t.current);
  loop_ = t.loop;
  ticket_ = make_ticket(*this).handle;
  if (watching()) [[unlikely]]
    note_wait(static_cast<suspended*>(this), h, t.current, wait_kind::foreign);
  // There is no chain for which the loop would wait before it ends.
  holds_loop_ = loop_ != nullptr && t.current == nullptr;
  if (holds_loop_) loop_->hold();
  return ticket_;
}

way_home::ticket way_home::make_ticket(way_home& self) {
  self.go();
  co_return;
}

void way_home::release_loop() noexcept { loop_->release(); }

void way_home::go() noexcept {
  ticket_ = nullptr;  // It ends by itself.
  if (loop_ != nullptr) {
    loop_->post(*this);
  } else {
    resume_here();
  }
}

}  // namespace smartasync::detail
