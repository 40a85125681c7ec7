// SPDX-License-Identifier: MIT
#pragma once

#include "smartasync/site.hpp"

namespace smartasync::detail {

class scope;
struct suspended;

/// One who waits for a lane. Guarded by the lane's lock until it is granted.
struct lane_waiter {
  using function = suspended*(lane_waiter&) noexcept;

  lane_waiter(const void* of, const site& called, bool cancellable, function* f) noexcept
      : lane(of), where(&called), can_be_cancelled(cancellable), granted(f) {}
  lane_waiter(const lane_waiter&) = delete;
  lane_waiter& operator=(const lane_waiter&) = delete;

  lane_waiter* next = nullptr;
  const void* const lane;
  const site* const where;
  const scope* chain = nullptr;
  const bool can_be_cancelled;  ///< It leaves the queue when its chain is cancelled.
  /// Called once, under the lock, when the lane is handed over. Gives what runs on no loop, to be
  /// resumed without the lock.
  function* const granted;
};

}  // namespace smartasync::detail
