// SPDX-License-Identifier: MIT
#include "smartasync/detail/promise.hpp"

#include <utility>

#include "smartasync/detail/suspended.hpp"
#include "smartasync/detail/wait_note.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

promise_base* awaiting_coroutine::promise_of_task(std::coroutine_handle<> h) noexcept {
  // It stands at one place in the frame of each of them.
  return &std::coroutine_handle<promise_base>::from_address(h.address()).promise();
}

void promise_base::start_elsewhere(std::coroutine_handle<> self) noexcept {
  thread_state& t = state_here();
  find_stack_room(t);
  const bool loop_runs = t.loop != nullptr;
  // Where no loop runs there is nobody to whom the outermost start could leave it.
  const bool has_room = has_stack_room() || (!loop_runs && t.depth == 0);
  if (!loop_runs) waiter_.store(state_word(may_leave), std::memory_order_relaxed);
  if (!has_room && t.next == nullptr) {
    t.next = self.address();
  } else if (loop_runs) {
    self.resume();
  } else {
    t.own_root = nullptr;  // A run under this start is nested in it.
    ++t.depth;
    self.resume();
    if (--t.depth == 0 && t.next != nullptr) drain_next();
  }
}

bool promise_base::set_waiter_shared(void* waiter) noexcept {
  void* expected = state_word(may_leave);
  // Release: a thread that ends the task resumes what this one wrote before. Acquire on failure:
  // pairs with the exchange of the thread that has ended it; its result is read next.
  return waiter_.compare_exchange_strong(expected, waiter, std::memory_order_release,
                                         std::memory_order_acquire);
}

void promise_base::finish_awaited(void* waiter) noexcept {
  if (waiter == state_word(may_leave)) {
    // Acquire: pairs with set_waiter_shared's release. Release: with its acquire, for the result.
    waiter = waiter_.exchange(state_word(ended_mark), std::memory_order_acq_rel);
    if (waiter == state_word(may_leave)) return;
  }
  const auto word = reinterpret_cast<std::uintptr_t>(waiter);
  if ((word & completion_tag) != 0) {
    auto* told = reinterpret_cast<completion*>(static_cast<char*>(waiter) - completion_tag);
    told->on_end(told);
  } else {
    resume_next(
        std::coroutine_handle<>::from_address(static_cast<char*>(waiter) - (word & task_tag)));
  }
}

promise_base::waiter_of_task promise_base::awaited_by() const noexcept {
  void* const waiter = waiter_.load(std::memory_order_acquire);
  waiter_of_task found;
  if (waiter == nullptr || waiter == state_word(may_leave) || waiter == state_word(ended_mark)) {
    return found;
  }
  const auto word = reinterpret_cast<std::uintptr_t>(waiter);
  if ((word & completion_tag) != 0) {
    found.told =
        reinterpret_cast<const completion*>(static_cast<const char*>(waiter) - completion_tag);
    return found;
  }
  found.coroutine =
      std::coroutine_handle<>::from_address(static_cast<char*>(waiter) - (word & task_tag));
  if ((word & task_tag) != 0) {
    found.promise = awaiting_coroutine::promise_of_task(found.coroutine);
  }
  return found;
}

void drain_next() noexcept {
  thread_state& t = state_here();
  if (t.loop == nullptr) t.own_root = nullptr;
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
    if (t.loop == nullptr && t.depth == 0) drain_next();
  } else {
    // Something foreign resumed a second coroutine under the first: it cannot wait its turn.
    if (t.loop == nullptr) t.own_root = nullptr;
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
