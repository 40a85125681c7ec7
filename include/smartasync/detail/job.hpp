// SPDX-License-Identifier: MIT
#pragma once

#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/work_item.hpp"

namespace smartasync::detail {

/// Work for an executor. Whoever submits it keeps it alive until it has run or was taken out again.
struct job : work_item {
  constexpr explicit job(function* f) noexcept : work_item(f) {}

  job* before = nullptr;        ///< The job in front of it in a queue.
  bool queued = false;          ///< Guarded by the executor's lock.
  bool can_be_refused = false;  ///< `refused` may be set before it is executed.
  bool refused = false;         ///< No thread can make the call: executed, it ends with an error.
  bool cancelled = false;       ///< The call was not made.
  scope* chain = nullptr;       ///< For whom it works; null for nobody that waits.
  event_loop* home = nullptr;   ///< The loop where that chain runs.
  const char* called = "smartasync::to_thread";  ///< What errors call it.
};

/// Calls a job on this thread, with the thread's state set to its chain meanwhile. Returns what the
/// job left in `state_here().finished`: who waits for it, to be posted to its home; null where
/// nobody does. The job may be gone by then, unless somebody waits for it.
[[nodiscard]] work_item* call_job(job& j) noexcept;

/// Posts those who wait to their loop in one step, linked from the newest to the oldest. From any
/// thread. Defined where loops are known.
void post_home(event_loop& home, work_item& newest, work_item& oldest) noexcept;

/// Has the loop that runs on this thread call `f(of)` once, when the steps have run that it has
/// queued now, or when it returns. False, and nothing is done, where no loop runs here or another
/// such call is to come. Defined where loops are known.
bool call_after_turn(void (*f)(void* of) noexcept, void* of) noexcept;

/// Calls a job and posts who waits for it.
void run_job(job& j) noexcept;

}  // namespace smartasync::detail
