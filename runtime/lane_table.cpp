// SPDX-License-Identifier: MIT
#include "lane_table.hpp"

#include <pthread.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "smartasync/errors.hpp"

namespace smartasync::detail {
namespace {

using shard_table = std::array<lane_shard, 16>;

// Never destroyed: lanes may be left while the process exits.
shard_table* made_shards = nullptr;

shard_table& make_shards() {
  made_shards = new shard_table;
  // Whoever holds a lane in the parent of a fork is not there in the child.
  pthread_atfork(nullptr, nullptr, []() noexcept { ::new (made_shards) shard_table; });
  return *made_shards;
}

shard_table& all_shards() {
  static shard_table& shards = make_shards();
  return shards;
}

lane_shard& shard_of(const void* lane) {
  shard_table& shards = all_shards();
  return shards[(reinterpret_cast<std::uintptr_t>(lane) >> 4) % shards.size()];
}

[[noreturn]] void throw_reentry(const void* lane, const site& held, const site& entered) {
  throw serial_reentry_error("Cannot call " + std::string(entered.function) +
                                 "(): the chain of calls that it belongs to is already inside the "
                                 "same serial lane, and would wait for itself: ",
                             held.function, lane, entered.function);
}

[[noreturn]] void throw_circle(const void* lane, const site& own, const site& other,
                               const site& entered) {
  throw serial_reentry_error("Cannot call " + std::string(entered.function) +
                                 "(): its serial lane is held by " + other.function +
                                 "(), which waits for the lane that the chain of calls is inside, "
                                 "and each would wait for the other: ",
                             own.function, lane, entered.function);
}

void count(const scope* chain, int change) noexcept {
  if (chain != nullptr) {
    const_cast<scope*>(chain)->lanes.fetch_add(static_cast<unsigned>(change),
                                               std::memory_order_relaxed);
  }
}

bool is_inside_a_lane(const scope* chain) noexcept {
  while (chain != nullptr && chain->lanes.load(std::memory_order_relaxed) == 0) {
    chain = chain->parent();
  }
  return chain != nullptr;
}

/// True where the holder of `lane` cannot leave it before `chain` has left a lane of its own: it
/// waits for that, or for somebody who does. `own` is that lane then. Under the lock of all shards;
/// `seen` keeps the search from going over a lane twice.
bool waits_for(const lane_state& lane, const scope* chain, std::vector<const lane_state*>& seen,
               std::pair<const void* const, lane_state>*& own) {
  seen.push_back(&lane);
  for (lane_shard& each : all_shards()) {
    for (auto& other : each.held) {
      if (std::find(seen.begin(), seen.end(), &other.second) != seen.end()) continue;
      bool is_awaited = false;
      for (const lane_waiter* at = other.second.first; at != nullptr && !is_awaited;
           at = at->next) {
        is_awaited = lane.chain != nullptr && lane.chain->encloses(at->chain);
      }
      if (!is_awaited) continue;
      if (other.second.chain != nullptr && other.second.chain->encloses(chain)) {
        own = &other;
        return true;
      }
      if (waits_for(other.second, chain, seen, own)) return true;
    }
  }
  return false;
}

}  // namespace

lane_lock::lane_lock(const void* lane, const scope* chain) : mine_(shard_of(lane)) {
  if (!is_inside_a_lane(chain)) {
    mine_.mutex.lock();
    return;
  }
  for (lane_shard& each : all_shards()) each.mutex.lock();
  has_all_ = true;
}

lane_lock::~lane_lock() {
  leave_others();
  mine_.mutex.unlock();
}

void lane_lock::leave_others() noexcept {
  if (!std::exchange(has_all_, false)) return;
  for (lane_shard& each : all_shards()) {
    if (&each != &mine_) each.mutex.unlock();
  }
}

bool try_enter(const lane_lock& lock, const void* lane, const site& where, const scope* chain) {
  const auto [found, free] = lock.mine().held.try_emplace(lane, lane_state{&where, chain});
  const lane_state& state = found->second;
  if (free) {
    count(chain, 1);
    return true;
  }
  if (state.chain != nullptr && state.chain->encloses(chain)) {
    throw_reentry(lane, *state.where, where);
  }
  if (!lock.has_all()) return false;
  std::vector<const lane_state*> seen;
  std::pair<const void* const, lane_state>* own = nullptr;
  if (waits_for(state, chain, seen, own)) {
    throw_circle(own->first, *own->second.where, *state.where, where);
  }
  return false;
}

void enqueue(const lane_lock& lock, const void* lane, lane_waiter& waiter) {
  lane_state& state = lock.mine().held.at(lane);
  waiter.next = nullptr;
  (state.last != nullptr ? state.last->next : state.first) = &waiter;
  state.last = &waiter;
}

bool dequeue(const void* lane, const lane_waiter& waiter) noexcept {
  lane_shard& s = shard_of(lane);
  const std::lock_guard lock(s.mutex);
  const auto found = s.held.find(lane);
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
  const std::lock_guard lock(s.mutex);
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
  heir->granted(*heir);
}

}  // namespace smartasync::detail
