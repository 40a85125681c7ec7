// SPDX-License-Identifier: MIT
#include "smartasync/detail/promise.hpp"

#include <utility>

#include "smartasync/detail/suspended.hpp"
#include "smartasync/detail/wait_note.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

promise_base::waiter_of_task promise_base::awaited_by() const noexcept {
  void* const waiter = waiter_.load(std::memory_order_acquire);
  waiter_of_task found;
  if (waiter == nullptr || waiter == this) return found;  // Nobody yet; it has ended.
  const auto word = reinterpret_cast<std::uintptr_t>(waiter);
  if ((word & completion_tag) != 0) {
    found.told =
        reinterpret_cast<const completion*>(static_cast<const char*>(waiter) - completion_tag);
    return found;
  }
  found.coroutine =
      std::coroutine_handle<>::from_address(static_cast<char*>(waiter) - (word & task_tag));
  if ((word & task_tag) != 0) {
    // The promise stands at one place in the frame of every task that has this bit, see
    // awaiting_coroutine.
    found.promise =
        &std::coroutine_handle<promise_base>::from_address(found.coroutine.address()).promise();
  }
  return found;
}

void drain_next() noexcept {
  thread_state& t = state_here();
  ++t.depth;
  while (t.next != nullptr) {
    resume_reporting(std::coroutine_handle<>::from_address(std::exchange(t.next, nullptr)));
  }
  --t.depth;
}

void resume_next(std::coroutine_handle<> h) noexcept {
  thread_state& t = state_here();
  if (t.next == nullptr) {
    t.next = h.address();
    if (t.depth == 0) drain_next();
  } else {
    // Something foreign resumed a second coroutine under the first: it cannot wait its turn.
    ++t.depth;
    resume_reporting(h);
    --t.depth;
  }
}

void suspended::schedule() noexcept { chain->home()->post_here(*this); }

void suspended::resume_here() noexcept {
  thread_state& t = state_here();
  scope* const outer = std::exchange(t.current, chain);
  if (watching()) [[unlikely]]
    note_wait_ended(this);
  resume_next(handle);
  t.current = outer;
}

}  // namespace smartasync::detail
