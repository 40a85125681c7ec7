// SPDX-License-Identifier: MIT
#include "smartasync/detail/abandoning_awaiter.hpp"

#include <exception>
#include <utility>

#include "smartasync/context_var.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

abandoning_gathering::abandoning_gathering(std::chrono::steady_clock::duration limit)
    : gathering("smartasync::with_timeout() is awaited where no loop runs", 1),
      cancel_node(&abandoning_gathering::cancelled_outside),
      limit_(limit) {}

scope& abandoning_gathering::detached_group() noexcept { return group().home()->spawned(); }

void abandoning_gathering::copy_values(scope& to) noexcept {
  scope* const from = state_here().current;
  if (from == nullptr) return;
  release_context(std::exchange(to.values(), retain_context(from->values())));
}

void abandoning_gathering::set_deadline() noexcept {
  if (limit_ > limit_.zero()) deadline_ = std::chrono::steady_clock::now() + limit_;
}

bool abandoning_gathering::begin_wait(left_alone& operand, scope& operand_scope) noexcept {
  operand_ = &operand;
  operand_scope_ = &operand_scope;
  if (decision_ != decision::none) return true;
  if (group().cancelled()) {
    leave(decision::cancelled);
    return true;
  }
  if (limit_ <= limit_.zero()) {
    leave(decision::late);
    return true;
  }
  try {
    group().home()->add_timer(timer_, deadline_);
  } catch (...) {
    fail(std::current_exception());
    leave(decision::failed);
    return true;
  }
  one_more();
  group().add(*this);
  return false;
}

void abandoning_gathering::check_decision() {
  switch (decision_) {
    case decision::late:
      throw timeout_error();
    case decision::cancelled:
      throw cancelled_error();
    case decision::failed:
      rethrow_failure();
      break;
    case decision::none:
    case decision::ended:
      break;
  }
}

void abandoning_gathering::await_suspend(awaiting_coroutine h) noexcept {
  // The operand belongs to the loop's scope, not to the group.
  wait(h, wait_kind::with_timeout, deadline_, operand_scope_);
}

void abandoning_gathering::operand_ended() noexcept { decide(decision::ended); }

void abandoning_gathering::leave(decision why) noexcept {
  // The cancellation may end the operand in here, and its waiter must still be there to be told.
  operand_scope_->cancel();
  if (decision_ != decision::none) return;
  operand_->waiter = nullptr;
  decide(why);
}

void abandoning_gathering::decide(decision what) noexcept {
  decision_ = what;
  unlink();
  if (timer_.slot != timer::idle) {
    group().home()->remove_timer(timer_);
    one_ended();
  }
  one_ended();
}

void abandoning_gathering::cancelled_outside(cancel_node* self) noexcept {
  static_cast<abandoning_gathering*>(self)->leave(decision::cancelled);
}

abandoning_gathering::deadline_timer::deadline_timer(abandoning_gathering& g) noexcept : owner(g) {
  execute = &deadline_timer::fire;
}

void abandoning_gathering::deadline_timer::fire(work_item* item) noexcept {
  abandoning_gathering& g = static_cast<deadline_timer*>(item)->owner;
  if (g.decision_ == decision::none) g.leave(decision::late);
  g.one_ended();
}

}  // namespace smartasync::detail
