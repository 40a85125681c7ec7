// SPDX-License-Identifier: MIT
#include "smartasync/detail/serial_lane.hpp"

#include <pthread.h>

#include <array>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "smartasync/detail/run_root.hpp"
#include "smartasync/detail/wait_note.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/executor.hpp"

namespace smartasync::detail {
namespace {

/// A lane while somebody holds it.
struct lane_state {
  const site* where;
  const scope* chain;
  lane_waiter* first = nullptr;
  lane_waiter* last = nullptr;
};

/// The lanes are spread over shards by their address, so that unrelated objects seldom meet.
struct shard {
  std::mutex mutex;
  std::unordered_map<const void*, lane_state> held;
};

using shard_table = std::array<shard, 16>;

// Never destroyed: lanes may be left while the process exits.
shard_table* made_shards = nullptr;

shard_table& make_shards() {
  made_shards = new shard_table;
  // Whoever holds a lane in the parent of a fork is not there in the child.
  pthread_atfork(nullptr, nullptr, []() noexcept { ::new (made_shards) shard_table; });
  return *made_shards;
}

shard& shard_of(const void* lane) {
  static shard_table& shards = make_shards();
  return shards[(reinterpret_cast<std::uintptr_t>(lane) >> 4) % shards.size()];
}

[[noreturn]] void throw_reentry(const void* lane, const site& held, const site& entered) {
  throw serial_reentry_error("Cannot call " + std::string(entered.function) +
                                 "(): the chain of calls that it belongs to is already inside the "
                                 "same serial lane, and would wait for itself: ",
                             held.function, lane, entered.function);
}

/// Enters where the lane is free. Throws serial_reentry_error. Under the shard's lock.
bool try_enter(shard& s, const void* lane, const site& where, const scope* chain) {
  const auto [found, free] = s.held.try_emplace(lane, lane_state{&where, chain});
  if (free) return true;
  if (found->second.chain->encloses(chain)) throw_reentry(lane, *found->second.where, where);
  return false;
}

void enqueue(shard& s, const void* lane, lane_waiter& waiter) {
  lane_state& state = s.held.at(lane);
  waiter.next = nullptr;
  (state.last != nullptr ? state.last->next : state.first) = &waiter;
  state.last = &waiter;
}

/// False where it is not queued: it was granted the lane.
bool dequeue(shard& s, const void* lane, const lane_waiter& waiter) noexcept {
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

void leave(const void* lane) noexcept {
  shard& s = shard_of(lane);
  const std::lock_guard lock(s.mutex);
  const auto found = s.held.find(lane);
  lane_waiter* const heir = found->second.first;
  if (heir == nullptr) {
    s.held.erase(found);
    return;
  }
  found->second.first = heir->next;
  if (heir->next == nullptr) found->second.last = nullptr;
  found->second.where = heir->where;
  found->second.chain = heir->chain;
  heir->granted(*heir);
}

struct blocked_lane_waiter : lane_waiter {
  std::condition_variable changed;
  bool mine = false;
};

}  // namespace

lane_hold::lane_hold(const void* lane, const site& where) : lane_(lane) {
  thread_state& t = state_here();
  // A scope for a plain thread: its nested runs have this one for a parent.
  if (t.current == nullptr) scope_.emplace(nullptr, &t.values);
  const scope* const chain = scope_ ? &*scope_ : t.current;

  shard& s = shard_of(lane);
  std::unique_lock lock(s.mutex);
  if (!try_enter(s, lane, where, chain)) {
    if (in_async_context()) throw_blocking_call(where.function);
    blocked_lane_waiter waiter;
    waiter.where = &where;
    waiter.chain = chain;
    waiter.granted = [](lane_waiter& self) noexcept {
      auto& granted = static_cast<blocked_lane_waiter&>(self);
      granted.mine = true;
      // Under the lock, so that the waiter cannot be gone before this returns.
      granted.changed.notify_one();
    };
    enqueue(s, lane, waiter);
    executor* const pool = t.worker_of;
    if (pool != nullptr) pool->begin_block();
    waiter.changed.wait(lock, [&] { return waiter.mine; });
    if (pool != nullptr) pool->end_block();
  }
  if (scope_) t.current = &*scope_;
}

lane_hold::~lane_hold() {
  if (scope_) state_here().current = nullptr;
  leave(lane_);
}

lane_wait::lane_wait(const void* lane, const site& called) noexcept
    : cancel_node(&lane_wait::cancel), lane_(lane) {
  lane_waiter::where = &called;
  lane_waiter::granted = &lane_wait::granted;
}

bool lane_wait::await_ready() {
  if (const scope* here = cancelling_scope(); here != nullptr && here->cancelled()) {
    throw cancelled_error();
  }
  return false;
}

bool lane_wait::await_suspend(awaiting_coroutine h) {
  scope* const chain_here = awaiting_scope();
  capture(h, chain_here);
  lane_waiter::chain = chain_here;
  home_ = state_here().loop;
  shard& s = shard_of(lane_);
  const std::lock_guard lock(s.mutex);
  if (try_enter(s, lane_, *lane_waiter::where, chain_here)) return false;
  enqueue(s, lane_, *this);
  // Under the lock, as whoever grants the lane.
  if (watching()) [[unlikely]]
    note_wait(static_cast<suspended*>(this), h, chain_here, wait_kind::lane,
              {.object = lane_, .name = lane_waiter::where->function});
  if (scope* const cancelling = cancelling_scope()) cancelling->add(*this);
  return true;
}

lane_hold lane_wait::await_resume() const {
  if (cancelled_) throw cancelled_error();
  return lane_hold(lane_);
}

void lane_wait::granted(lane_waiter& self) noexcept {
  auto& wait = static_cast<lane_wait&>(self);
  if (wait.home_ != nullptr) {
    wait.home_->post(static_cast<suspended&>(wait));
  } else {
    wait.resume_here();
  }
}

void lane_wait::cancel(cancel_node* self) noexcept {
  auto& wait = static_cast<lane_wait&>(*self);
  shard& s = shard_of(wait.lane_);
  {
    const std::lock_guard lock(s.mutex);
    // Granted already: the lane is ours, the call goes on to its next await.
    if (!dequeue(s, wait.lane_, wait)) return;
  }
  wait.cancelled_ = true;
  wait.home_->post_here(wait);
}

}  // namespace smartasync::detail
