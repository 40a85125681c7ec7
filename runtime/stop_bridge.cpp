// SPDX-License-Identifier: MIT
#include "smartasync/detail/stop_bridge.hpp"

#include <utility>

#include "signal_slots.hpp"
#include "smartasync/detail/wait_note.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

stop_bridge::stop_bridge(const std::vector<int>& signals, std::stop_token token)
    : work_item(&stop_bridge::execute),
      signal_target(&stop_bridge::signalled, true),
      target_(state_here().current) {
  if (!signals.empty()) signals_ = open_signal_slot(*this, signals);
  if (token.stop_possible()) callback_.emplace(std::move(token), requester{this});
}

stop_bridge::~stop_bridge() { static_cast<void>(close()); }

stop_bridge::closing stop_bridge::close() noexcept {
  if (signals_ != nullptr) close_signal_slot(*std::exchange(signals_, nullptr));
  callback_.reset();  // Waits for a callback that runs on another thread.
  return closing(*this);
}

void stop_bridge::signalled(signal_target& self, int /*signal*/) noexcept {
  static_cast<stop_bridge&>(self).request();
}

void stop_bridge::request() noexcept {
  // Always through the inbox: a signal handler may have interrupted the loop's own steps.
  if (!requested_.exchange(true, std::memory_order_relaxed)) target_->home()->post_remote(*this);
}

void stop_bridge::stop() noexcept {
  if (!target_->home()->running_in_this_thread()) return request();
  // On the loop's own thread it takes effect at once.
  if (requested_.exchange(true, std::memory_order_relaxed)) return;
  executed_ = true;
  target_->cancel();
}

void stop_bridge::execute(work_item* item) noexcept {
  auto* self = static_cast<stop_bridge*>(item);
  self->executed_ = true;
  self->target_->cancel();
  if (self->closer_.handle) self->closer_.schedule();
}

bool stop_bridge::settled() const noexcept {
  return executed_ || !requested_.load(std::memory_order_relaxed);
}

void stop_bridge::wait(awaiting_coroutine h) noexcept {
  closer_.capture(h, target_);
  if (watching()) [[unlikely]]
    note_wait(&closer_, h, target_, wait_kind::stop_request);
}

}  // namespace smartasync::detail
