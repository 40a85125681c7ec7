// SPDX-License-Identifier: MIT
#include "smartasync/detail/gathering.hpp"

#include <utility>

#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync::detail {
namespace {

/// A coroutine that was posted to a loop as a bare handle has no scope: its children belong to the
/// loop then, which cancels them when it ends.
scope& enclosing_scope(const char* no_loop) {
  const thread_state& t = state_here();
  if (t.loop == nullptr) throw wrong_loop_error(no_loop);
  return t.current != nullptr ? *t.current : t.loop->spawned();
}

}  // namespace

gathering::gathering(const char* no_loop, std::size_t running)
    : awaiting_(state_here().current), group_(enclosing_scope(no_loop)), running_(running) {}

void gathering::fail(std::exception_ptr e) noexcept {
  if (failure_ == nullptr) failure_ = std::move(e);
  group_.cancel();
}

void gathering::hand_back_values(scope& child) noexcept {
  if (awaiting_ != nullptr) std::swap(awaiting_->values(), child.values());
}

void gathering::wake() noexcept { group_.home()->post_here(waiter_); }

}  // namespace smartasync::detail
