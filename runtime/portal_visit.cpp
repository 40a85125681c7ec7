// SPDX-License-Identifier: MIT
#include "portal_visit.hpp"

#include "smartasync/detail/thread_state.hpp"
#include "standstill.hpp"

namespace smartasync::detail {
namespace {

/// Whose thread this is, unless it counts as blocked already, in the loop that it runs.
executor* to_count_for() noexcept {
  const thread_state& t = state_here();
  // Without the executor's lock: no other thread changes it.
  const bool counted = t.blocked != nullptr && t.blocked->blocks;
  return counted ? nullptr : t.worker_of;
}

}  // namespace

bool portal_visit::is_due() noexcept {
  const thread_state& t = state_here();
  return t.current != nullptr || t.worker_of != nullptr;
}

// The scope has no loop and no variables: nothing runs in it. Where a loop runs on this thread, no
// calls are made here: they would take themselves for that loop's.
portal_visit::portal_visit() noexcept
    : blocked_waiter(to_count_for(), chain_, state_here().loop == nullptr),
      chain_(nullptr, nullptr, state_here().current, this) {}

void portal_visit::leave() noexcept {
  // Acquire: pairs with the release in end(). Nobody looks from below any more.
  if (ended_.load(std::memory_order_acquire)) return;
  const standstill still(standstill::everything{});
  chain_.cut_off();
}

void portal_visit::end() noexcept {
  ended_.store(true, std::memory_order_release);
  finish();
}

}  // namespace smartasync::detail
