// SPDX-License-Identifier: MIT
#include "smartasync/detail/offload.hpp"

#include <string>
#include <system_error>

#include "smartasync/detail/wait_note.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

void post_home(event_loop& home, work_item& newest, work_item& oldest) noexcept {
  home.post_remote(newest, oldest);
}

bool call_after_turn(void (*f)(void* of) noexcept, void* of) noexcept {
  event_loop* const here = state_here().loop;
  return here != nullptr && here->call_late(f, of);
}

bool offload_base::submit(awaiting_coroutine h) {
  scope* const cancelling = cancelling_scope();
  if (cancelling != nullptr && cancelling->cancelled()) {
    cancelled = true;
    return false;
  }
  if (where_.runs_inline()) {
    call_(*this);
    return false;
  }
  scope* const s = awaiting_scope();
  waiter_.capture(h, s);
  chain = s;
  home = state_here().loop;
  if (cancelling != nullptr) cancelling->add(*this);
  // There is no chain for which the loop would wait before it ends.
  const bool holds_loop = s == nullptr && home != nullptr;
  if (holds_loop) home->hold();
  if (watching()) [[unlikely]]
    note_wait(&waiter_, h, s, wait_kind::offload, {.name = where_.name().c_str()});
  try {
    // Once it is taken, the call may end before this returns: nothing is touched after it.
    where_.submit(*this);
  } catch (...) {
    if (holds_loop) home->release();
    unlink();
    if (watching()) note_wait_ended(&waiter_);
    throw;
  }
  return true;
}

void offload_base::execute(work_item* item) noexcept {
  auto* self = static_cast<offload_base*>(item);
  if (self->refused) [[unlikely]] {
    self->cancelled = true;
  } else if (watching()) [[unlikely]] {
    const watched_offload running(&self->waiter_);
    self->call_(*self);
  } else {
    self->call_(*self);
  }
  if (self->home != nullptr) {
    state_here().finished = &self->waiter_;
  } else {
    self->waiter_.resume_here();
  }
}

void offload_base::cancel(cancel_node* node) noexcept {
  auto* self = static_cast<offload_base*>(node);
  // A call that runs is waited for; it can see the stop in its token.
  if (!self->where_.remove(*self)) return;
  self->cancelled = true;
  self->home->post_here(self->waiter_);
}

void offload_base::release_loop() noexcept { home->release(); }

void offload_base::throw_not_made() const {
  if (!refused) throw cancelled_error();
  throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                          "smartasync: " + std::string(called) +
                              "() waits for a thread of the executor \"" + where_.name() +
                              "\", each of which blocks, and no other can be started");
}

}  // namespace smartasync::detail
