// SPDX-License-Identifier: MIT
#include "lane_table.hpp"

#include <pthread.h>

#include <cstdint>
#include <new>
#include <string>

#include "smartasync/detail/suspended.hpp"
#include "smartasync/errors.hpp"
#include "wait_circle.hpp"

namespace smartasync::detail {
namespace {

// Never destroyed: lanes may be left while the process exits.
shard_table* made_shards = nullptr;

shard_table& make_shards() {
  made_shards = new shard_table;
  // Whoever holds a lane in the parent of a fork is not there in the child.
  pthread_atfork(nullptr, nullptr, []() noexcept { ::new (made_shards) shard_table; });
  return *made_shards;
}

[[noreturn]] void throw_reentry(const void* lane, const site& held, const site& entered) {
  throw serial_reentry_error("Cannot call " + std::string(entered.function) +
                                 "(): the chain of calls that it belongs to is already inside the "
                                 "same serial lane, and would wait for itself: ",
                             held.function, lane, entered.function);
}

void count(const scope* chain, int change) noexcept {
  if (chain != nullptr) {
    const_cast<scope*>(chain)->lanes.fetch_add(static_cast<unsigned>(change),
                                               std::memory_order_relaxed);
  }
}

/// Requires the lane's lock.
bool try_enter(lane_shard& shard, const void* lane, const site& where, const scope* chain) {
  const auto [found, free] = shard.held.try_emplace(lane, lane_state{&where, chain});
  const lane_state& state = found->second;
  if (free) {
    count(chain, 1);
  } else if (state.chain != nullptr && state.chain->encloses(chain)) {
    throw_reentry(lane, *state.where, where);
  }
  return free;
}

/// Requires the lane's lock, and that the lane is held.
void enqueue(lane_shard& shard, lane_waiter& waiter) {
  lane_state& state = shard.held.at(waiter.lane);
  waiter.next = nullptr;
  (state.last != nullptr ? state.last->next : state.first) = &waiter;
  state.last = &waiter;
}

}  // namespace

shard_table& all_shards() {
  static shard_table& shards = make_shards();
  return shards;
}

lane_shard& shard_of(const void* lane) {
  shard_table& shards = all_shards();
  return shards[(reinterpret_cast<std::uintptr_t>(lane) >> 4) % shards.size()];
}

bool enter_lane(const void* lane, const site& where, const scope* chain) {
  lane_shard& shard = shard_of(lane);
  const std::lock_guard lock(shard.mutex);
  return try_enter(shard, lane, where, chain);
}

lane_entry::lane_entry(lane_waiter& waiter) {
  lane_shard& shard = shard_of(waiter.lane);
  lock_ = std::unique_lock(shard.mutex);
  entered_ = try_enter(shard, waiter.lane, *waiter.where, waiter.chain);
  if (entered_) return;
  if (state_here().worker_of != nullptr || may_close_circle(waiter.chain)) {
    lock_.unlock();
    still_.emplace();
    // It may have come free meanwhile.
    entered_ = try_enter(shard, waiter.lane, *waiter.where, waiter.chain);
    if (entered_) return;
    refuse_circle(*still_, waiter);
  }
  enqueue(shard, waiter);
}

bool dequeue(const lane_waiter& waiter) noexcept {
  lane_shard& s = shard_of(waiter.lane);
  const std::lock_guard lock(s.mutex);
  const auto found = s.held.find(waiter.lane);
  if (found == s.held.end()) return false;
  lane_waiter* before = nullptr;
  for (lane_waiter* at = found->second.first; at != nullptr; before = at, at = at->next) {
    if (at != &waiter) continue;
    (before != nullptr ? before->next : found->second.first) = at->next;
    if (found->second.last == at) found->second.last = before;
    return true;
  }
  return false;
}

void leave_lane(const void* lane) noexcept {
  lane_shard& s = shard_of(lane);
  std::unique_lock lock(s.mutex);
  const auto found = s.held.find(lane);
  lane_waiter* const heir = found->second.first;
  count(found->second.chain, -1);
  if (heir == nullptr) {
    s.held.erase(found);
    return;
  }
  found->second.first = heir->next;
  if (heir->next == nullptr) found->second.last = nullptr;
  found->second.where = heir->where;
  found->second.chain = heir->chain;
  count(heir->chain, 1);
  suspended* const on_no_loop = heir->granted(*heir);
  lock.unlock();
  if (on_no_loop != nullptr) on_no_loop->resume_here();
}

}  // namespace smartasync::detail
