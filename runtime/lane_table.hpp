// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>
#include <unordered_map>

#include "smartasync/detail/serial_lane.hpp"

namespace smartasync::detail {

/// A lane while somebody holds it.
struct lane_state {
  const site* where;
  const scope* chain;
  lane_waiter* first = nullptr;
  lane_waiter* last = nullptr;
};

/// The lanes are spread over shards by their address, so that unrelated objects seldom meet.
struct lane_shard {
  std::mutex mutex;
  std::unordered_map<const void*, lane_state> held;
};

/// The lock of a lane's shard, or of all shards for who is inside a lane already: it may be about
/// to wait for somebody that waits for it.
class lane_lock {
 public:
  lane_lock(const void* lane, const scope* chain);
  ~lane_lock();
  lane_lock(const lane_lock&) = delete;
  lane_lock& operator=(const lane_lock&) = delete;

  [[nodiscard]] lane_shard& mine() const noexcept { return mine_; }
  [[nodiscard]] bool has_all() const noexcept { return has_all_; }
  void leave_others() noexcept;

 private:
  lane_shard& mine_;
  bool has_all_ = false;
};

/// Enters where the lane is free. Throws serial_reentry_error where waiting for it would never end.
bool try_enter(const lane_lock& lock, const void* lane, const site& where, const scope* chain);
/// Requires that the lane is held.
void enqueue(const lane_lock& lock, const void* lane, lane_waiter& waiter);
/// False where it is not queued: it was granted the lane.
bool dequeue(const void* lane, const lane_waiter& waiter) noexcept;
/// Hands the lane to who has waited longest.
void leave_lane(const void* lane) noexcept;

}  // namespace smartasync::detail
