// SPDX-License-Identifier: MIT
#include "smartasync/detail/foreign.hpp"

#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

std::coroutine_handle<> way_home::open(std::coroutine_handle<> h) {
  const thread_state& t = state_here();
  capture(h, t.current);
  loop_ = t.loop;
  ticket_ = make_ticket(*this).handle;
  return ticket_;
}

way_home::ticket way_home::make_ticket(way_home& self) {
  self.go();
  co_return;
}

void way_home::go() noexcept {
  ticket_ = nullptr;  // It ends by itself.
  if (loop_ != nullptr) {
    loop_->post(*this);
  } else {
    resume_here();
  }
}

}  // namespace smartasync::detail
