// SPDX-License-Identifier: MIT
#pragma once

#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/work_item.hpp"

namespace smartasync::detail {

/// Work for an executor. Whoever submits it keeps it alive until it has run or was taken out again.
struct job : work_item {
  constexpr explicit job(function* f) noexcept : work_item(f) {}

  job* before = nullptr;       ///< The job in front of it in a queue.
  bool queued = false;         ///< Guarded by the executor's lock.
  scope* chain = nullptr;      ///< For whom it works; null for nobody that waits.
  event_loop* home = nullptr;  ///< The loop where that chain runs.
};

/// Runs a job on this thread, with the thread's state set to its chain meanwhile.
void run_job(job& j) noexcept;

}  // namespace smartasync::detail
