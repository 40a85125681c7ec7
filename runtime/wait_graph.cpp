// SPDX-License-Identifier: MIT
#include "wait_graph.hpp"

#include <algorithm>

#include "smartasync/detail/blocked_call.hpp"
#include "smartasync/thread_pool.hpp"

namespace smartasync::detail {
namespace {

/// Of the calls in which a thread blocks, the one that must end before the thread makes the call
/// `j`; null where it would make it at once.
const blocked_call* in_front_of(const job& j, const blocked_call* innermost) noexcept {
  const blocked_call* inner = nullptr;
  for (const blocked_call* at = innermost; at != nullptr; inner = at, at = at->outer) {
    if (at->helps_with(j.chain)) return inner;
  }
  // All of them; what the outermost waits for comprises the rest.
  return inner;
}

}  // namespace

wait_graph::wait_graph(const standstill& at, const void* who, waiting_call first) : at_(at) {
  add(who, std::move(first));
}

bool wait_graph::is_circle() {
  for (std::size_t i = 0; i != waits_.size(); ++i) follow(i);
  // All are taken to last for ever, until it shows that they do not.
  for (bool changed = true; changed && waits_.front().never_ends;) {
    changed = false;
    for (waiting_call& each : waits_) {
      if (!each.never_ends || !ends(each)) continue;
      each.never_ends = false;
      changed = true;
    }
  }
  return waits_.front().never_ends;
}

std::vector<const holder*> wait_graph::way() const {
  std::vector<const holder*> way;
  std::set<std::size_t> seen;
  find_way(0, way, seen);
  return way;
}

const waiting_call& wait_graph::between(const holder& one, const holder& next) const {
  for (const std::size_t index : one.waits) {
    const waiting_call& each = waits_[index];
    const bool leads_there = std::any_of(each.holders.begin(), each.holders.end(),
                                         [&](std::size_t h) { return &holders_[h] == &next; });
    if (each.never_ends && leads_there) return each;
  }
  return waits_.front();
}

std::size_t wait_graph::add(const void* who, waiting_call made) {
  const auto [found, is_new] = wait_index_.try_emplace(who, waits_.size());
  if (is_new) waits_.push_back(std::move(made));
  return found->second;
}

/// Finds who must end for a wait to end.
void wait_graph::follow(std::size_t wait) {
  std::vector<std::size_t> found;
  if (const held_lane* const lane = waits_[wait].lane) {
    const scope* const chain = lane->second.chain;
    if (chain == nullptr) return;
    found.push_back(hold(lane, {lane->first, lane->second.where->function, chain, {}}));
  } else {
    const thread_pool& pool = *waits_[wait].pool;
    for (const blocked_call* each = pool.blocked_calls_; each != nullptr; each = each->next) {
      const blocked_call* const first = in_front_of(*waits_[wait].queued, each);
      if (first == nullptr) return;
      holder made{
          first->made, first->made != nullptr ? first->made->called : "?", first->until, {}};
      if (first->until == nullptr) made.waits = wait_of_thread(*first);
      found.push_back(hold(first, std::move(made)));
    }
  }
  waits_[wait].holders = std::move(found);
}

std::size_t wait_graph::hold(const void* who, holder made) {
  const auto [found, is_new] = holder_index_.try_emplace(who, holders_.size());
  const std::size_t index = found->second;
  if (is_new) {
    if (made.chain != nullptr) find_waits(made);
    holders_.push_back(std::move(made));
  }
  return index;
}

void wait_graph::find_waits(holder& of) {
  if (of.chain->encloses(waits_.front().chain)) of.waits.push_back(0);
  for (const lane_shard& shard : all_shards()) {
    for (const held_lane& lane : shard.held) {
      for (const lane_waiter* w = lane.second.first; w != nullptr; w = w->next) {
        if (of.chain->encloses(w->chain)) {
          of.waits.push_back(add(w, {w->chain, w->can_be_cancelled, &lane}));
        }
      }
    }
  }
  for (const thread_pool* pool = at_.first_pool(); pool != nullptr;
       pool = standstill::after(*pool)) {
    if (!pool->is_blocked()) continue;
    for (const job* j = pool->queue_.front(); j != nullptr; j = static_cast<const job*>(j->next)) {
      if (of.chain->encloses(j->chain))
        of.waits.push_back(add(j, {j->chain, true, nullptr, pool, j}));
    }
  }
}

/// What a thread waits for that blocks for a lane; nothing where it has not queued up yet.
std::vector<std::size_t> wait_graph::wait_of_thread(const blocked_call& call) {
  if (call.lane == nullptr) return {};
  if (const auto known = wait_index_.find(call.lane); known != wait_index_.end()) {
    return {known->second};
  }
  const lane_waiter& wanted = *call.lane;
  const auto& held = shard_of(wanted.lane).held;
  const auto lane = held.find(wanted.lane);
  if (lane == held.end()) return {};
  for (const lane_waiter* w = lane->second.first; w != nullptr; w = w->next) {
    if (w == &wanted) return {add(w, {w->chain, w->can_be_cancelled, &*lane})};
  }
  return {};
}

bool wait_graph::ends(const waiting_call& w) const {
  return w.holders.empty() || std::any_of(w.holders.begin(), w.holders.end(),
                                          [&](std::size_t h) { return !never_ends(holders_[h]); });
}

bool wait_graph::never_ends(const holder& h) const {
  operands stuck;
  return std::any_of(h.waits.begin(), h.waits.end(), [&](std::size_t index) {
    const waiting_call& w = waits_[index];
    if (!w.never_ends) return false;
    return h.chain == nullptr || !w.can_be_cancelled || holds_up(h.chain, w.chain, stuck);
  });
}

/// True where nothing in the scope `end` ends what waits for ever in the scope `from`, and all that
/// were asked about before with the same `stuck`.
bool wait_graph::holds_up(const scope* end, const scope* from, operands& stuck) {
  for (const scope* at = from; at != end; at = at->parent()) {
    // A thread that waits in portal::call(): what ends around it does not end that wait.
    if (at->home() == nullptr) return true;
    const scope* const over = at->parent();
    if (over == end || over->ways_to_end == 1) continue;
    std::set<const scope*>& of_them = stuck[over];
    of_them.insert(at);
    if (of_them.size() < over->ways_to_end) return false;
  }
  return true;
}

bool wait_graph::find_way(std::size_t wait, std::vector<const holder*>& way,
                          std::set<std::size_t>& seen) const {
  for (const std::size_t h : waits_[wait].holders) {
    way.push_back(&holders_[h]);
    for (const std::size_t next : holders_[h].waits) {
      if (next == 0) return true;
      if (!waits_[next].never_ends || !seen.insert(next).second) continue;
      if (find_way(next, way, seen)) return true;
    }
    way.pop_back();
  }
  return false;
}

}  // namespace smartasync::detail
