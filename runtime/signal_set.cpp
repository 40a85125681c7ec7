// SPDX-License-Identifier: MIT
#include "smartasync/signal_set.hpp"

#include <bit>

#include "signal_slots.hpp"
#include "smartasync/detail/wait_note.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync {

signal_set::signal_set(const std::vector<int>& signals)
    : signal_target(&signal_set::note, false), slot_(detail::open_signal_slot(*this, signals)) {}

signal_set::~signal_set() { detail::close_signal_slot(*slot_); }

void signal_set::note(detail::signal_target& self, int signal) noexcept {
  auto& set = static_cast<signal_set&>(self);
  // Sequentially consistent, with the steps of await_suspend: either this handler finds the waiter,
  // or the coroutine that is about to wait finds the signal.
  set.noted_.fetch_or(std::uint64_t{1} << (signal - 1), std::memory_order_seq_cst);
  if (detail::suspended* const found = set.waiter_.exchange(nullptr, std::memory_order_seq_cst)) {
    // Always through the inbox: the handler may have interrupted the loop's own steps.
    set.loop_->post_remote(*found);
  }
}

bool signal_set::next_awaiter::await_ready() {
  const detail::scope* const here = detail::cancelling_scope();
  if (here == nullptr) {
    throw wrong_loop_error("smartasync: a signal is awaited where no loop runs");
  }
  cancelled_ = here->cancelled();
  return cancelled_ || set_.noted_.load(std::memory_order_relaxed) != 0;
}

bool signal_set::next_awaiter::await_suspend(detail::awaiting_coroutine h) {
  detail::scope* const current = detail::state_here().current;
  capture(h, current);
  set_.loop_ = detail::state_here().loop;
  if (detail::watching()) [[unlikely]]
    detail::note_wait(static_cast<detail::suspended*>(this), h, current, detail::wait_kind::signal);
  set_.waiter_.store(this, std::memory_order_seq_cst);
  const bool came_meanwhile = set_.noted_.load(std::memory_order_seq_cst) != 0;
  // Not taken back: a handler has it already, and the post is on its way.
  if (came_meanwhile && set_.waiter_.exchange(nullptr, std::memory_order_seq_cst) != nullptr) {
    if (detail::watching()) detail::note_wait_ended(static_cast<detail::suspended*>(this));
    return false;
  }
  detail::cancelling_scope()->add(*this);
  return true;
}

int signal_set::next_awaiter::await_resume() {
  unlink();
  if (cancelled_) throw cancelled_error();
  const std::uint64_t noted = set_.noted_.load(std::memory_order_relaxed);
  const int lowest = std::countr_zero(noted);
  set_.noted_.fetch_and(~(std::uint64_t{1} << lowest), std::memory_order_relaxed);
  return lowest + 1;
}

void signal_set::next_awaiter::cancel(detail::cancel_node* node) noexcept {
  auto* self = static_cast<next_awaiter*>(node);
  // Taken: the signal is on its way through the loop's queue.
  if (self->set_.waiter_.exchange(nullptr, std::memory_order_seq_cst) == nullptr) return;
  self->cancelled_ = true;
  self->set_.loop_->post_here(*self);
}

}  // namespace smartasync
