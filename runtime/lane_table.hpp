// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "smartasync/detail/lane_waiter.hpp"
#include "smartasync/detail/scope.hpp"
#include "standstill.hpp"

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

using shard_table = std::array<lane_shard, 16>;
[[nodiscard]] shard_table& all_shards();
[[nodiscard]] lane_shard& shard_of(const void* lane);

/// One who comes to a lane: it enters where the lane is free, and else queues up. The lane stays
/// locked while this lives.
///
/// Throws serial_reentry_error where the wait would never end.
class lane_entry {
 public:
  explicit lane_entry(lane_waiter& waiter);
  lane_entry(const lane_entry&) = delete;
  lane_entry& operator=(const lane_entry&) = delete;

  [[nodiscard]] bool entered() const noexcept { return entered_; }

 private:
  std::unique_lock<std::mutex> lock_;
  // In place of the lock, for who may close a circle.
  std::optional<standstill> still_;
  bool entered_;
};

/// Enters where the lane is free. Throws serial_reentry_error where the chain is inside already.
[[nodiscard]] bool enter_lane(const void* lane, const site& where, const scope* chain);
/// False where it is not queued: it was granted the lane.
bool dequeue(const lane_waiter& waiter) noexcept;
/// Hands the lane to who has waited longest.
void leave_lane(const void* lane) noexcept;

}  // namespace smartasync::detail
