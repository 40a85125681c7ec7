// SPDX-License-Identifier: MIT
#include "smartasync/detail/loop_hop.hpp"

#include "smartasync/detail/wait_note.hpp"
#include "smartasync/errors.hpp"

namespace smartasync::detail {

bool loop_hop_base::await_ready() {
  if (const scope* here = cancelling_scope(); here != nullptr && here->cancelled()) {
    throw cancelled_error();
  }
  return false;
}

void loop_hop_base::await_suspend(awaiting_coroutine h) {
  scope* const chain = awaiting_scope();
  here_ = state_here().loop;
  waiter_.capture(h, chain);
  // The chain waits until the task has ended, so the other thread may work on its variables.
  if (chain != nullptr) {
    scope_.emplace(&there_, &chain->values(), chain);
  } else {
    scope_.emplace(scope::detached_t(), &there_, nullptr);
  }
  if (scope* const cancelling = cancelling_scope()) cancelling->add(*this);
  holds_loop_ = here_ != nullptr && chain == nullptr;
  if (holds_loop_) here_->hold();
  if (watching()) [[unlikely]]
    note_wait(&waiter_, h, chain, wait_kind::hop, {.object = &there_, .group = &*scope_});
  if (there_.post_remote(start_)) return;
  unlink();
  if (watching()) note_wait_ended(&waiter_);
  throw loop_closed_error("smartasync: the event loop that the call runs on has ended");
}

void loop_hop_base::start(work_item* item) noexcept {
  loop_hop_base& hop = static_cast<step*>(item)->hop;
  hop.scope_->attach(hop.there_.spawned());
  state_here().current = &*hop.scope_;
  if (hop.promise_.start(hop.handle_) || !hop.promise_.notify(static_cast<completion&>(hop))) {
    hop.finish_there();
  }
}

void loop_hop_base::ended(completion* self) noexcept {
  static_cast<loop_hop_base*>(self)->finish_there();
}

void loop_hop_base::finish_there() noexcept {
  state_here().current = nullptr;
  scope_.reset();
  release();
}

void loop_hop_base::cancel(cancel_node* self) noexcept {
  auto& hop = static_cast<loop_hop_base&>(*self);
  // Not when the task has ended already: then the waiter is on its way, and the post would find the
  // hop gone. Relaxed: the post itself carries what was written before.
  unsigned open = hop.open_.load(std::memory_order_relaxed);
  while (open != 0) {
    if (hop.open_.compare_exchange_weak(open, open + 1, std::memory_order_relaxed)) {
      hop.there_.post_remote(hop.cancel_);
      return;
    }
  }
}

void loop_hop_base::cancel_there(work_item* item) noexcept {
  loop_hop_base& hop = static_cast<step*>(item)->hop;
  if (hop.scope_) hop.scope_->cancel();
  hop.release();
}

void loop_hop_base::release() noexcept {
  // Both ends run on the other loop's thread; the release half is for the awaiting thread's relaxed
  // look in `cancel`, which touches nothing more once it has seen zero.
  if (open_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  if (here_ != nullptr) {
    here_->post(waiter_);
  } else {
    waiter_.resume_here();
  }
}

}  // namespace smartasync::detail
