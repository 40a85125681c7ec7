// SPDX-License-Identifier: MIT
#include "smartasync/detail/offload.hpp"

#include <string>
#include <system_error>

#include "smartasync/detail/wait_note.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

void post_home(event_loop& home, work_item& oldest, work_item& newest) noexcept {
  home.post_row(oldest, newest);
}

bool call_after_turn(void (*f)(void* of) noexcept, void* of) noexcept {
  event_loop* const here = state_here().loop;
  return here != nullptr && here->call_late(f, of);
}

void call_at_end_of(event_loop& home, void (*f)(event_loop& ended) noexcept) noexcept {
  home.call_at_end(f);
}

void expect_answer(bool is_near) noexcept {
  if (event_loop* const here = state_here().loop) here->expect_answer(is_near);
}

bool offload_base::submit(awaiting_coroutine h, call_function* call) {
  const thread_state& t = state_here();
  home = t.loop;
  capture(h, home != nullptr ? t.current : nullptr);
  if (chain == nullptr || chain->cancelled() || watching()) [[unlikely]]
    return submit_unusual(h, call);
  chain->add(*this);
  // Once it is taken, the call may end before this returns, but not its coroutine, which goes on on
  // this thread.
  const auto answer = where_.push(*this, *home);
  return answer == job_inbox::answer::taken || submit_answered(answer, call);
}

/// What is left to do where no thread takes all jobs, or is asleep.
bool offload_base::submit_answered(job_inbox::answer answer, call_function* call) {
  if (where_.runs_inline()) {
    unlink();
    call(*this);
    return false;
  }
  try {
    where_.submit_answered(*this, answer);
  } catch (...) {
    unlink();
    throw;
  }
  return true;
}

/// The same for a coroutine in no chain, or a cancelled one, or where calls are watched.
bool offload_base::submit_unusual(awaiting_coroutine h, call_function* call) {
  // There is no chain for which the loop would wait before it ends.
  const bool holds_loop = chain == nullptr && home != nullptr;
  scope* const cancelling = holds_loop ? &home->spawned() : chain;
  cancelled = cancelling != nullptr && cancelling->cancelled();
  if (cancelled || where_.runs_inline()) {
    home = nullptr;  // It is not held.
    if (!cancelled) call(*this);
    return false;
  }
  if (cancelling != nullptr) cancelling->add(*this);
  if (holds_loop) home->hold();
  work_item* const item = this;
  if (watching()) note_wait(item, h, chain, wait_kind::offload, {.name = where_.name().c_str()});
  try {
    // Where no loop runs, the coroutine may end before this returns: nothing is touched after it.
    where_.submit(*this);
  } catch (...) {
    if (holds_loop) home->release();
    unlink();
    if (watching()) note_wait_ended(item);
    throw;
  }
  return true;
}

void offload_base::execute_unusual(call_function* call) noexcept {
  if (refused) {
    cancelled = true;
    return;
  }
  const watched_offload running(static_cast<work_item*>(this));
  call(*this);
}

void offload_base::cancel(cancel_node* node) noexcept {
  auto* self = static_cast<offload_base*>(node);
  // A call that runs is waited for; it can see the stop in its token.
  if (!self->where_.remove(*self)) return;
  self->cancelled = true;
  self->home->post_here(*self);
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
