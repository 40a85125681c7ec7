// SPDX-License-Identifier: MIT
#include "smartasync/detail/serial_lane.hpp"

#include <condition_variable>
#include <mutex>

#include "lane_table.hpp"
#include "smartasync/detail/blocked_call.hpp"
#include "smartasync/detail/run_root.hpp"
#include "smartasync/detail/wait_note.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/executor.hpp"

namespace smartasync::detail {
namespace {

/// A thread that blocks until it has the lane.
class blocked_lane_waiter : public lane_waiter {
 public:
  blocked_lane_waiter(const void* of, const site& called, const scope* waiting) noexcept
      : lane_waiter(of, called, false, &blocked_lane_waiter::take) {
    chain = waiting;
  }

  void wait() {
    blocked_call call(state_here().worker_of, nullptr, false);
    call.lane = this;
    // From before it queues up: who looks for circles finds the thread blocked.
    const blocking_here blocks(call);
    if (lane_entry(*this).entered()) return;
    std::unique_lock held(shard_of(lane).mutex);
    changed_.wait(held, [this] { return mine_; });
  }

 private:
  static suspended* take(lane_waiter& self) noexcept {
    auto& waiter = static_cast<blocked_lane_waiter&>(self);
    waiter.mine_ = true;
    // Under the lock, so that the waiter cannot be gone before this returns.
    waiter.changed_.notify_one();
    return nullptr;
  }

  std::condition_variable changed_;
  bool mine_ = false;  // Guarded by the lane's lock.
};

/// A thread that runs its own loop until it has the lane: what holds it may be left there.
class running_lane_waiter : public lane_waiter, work_item {
 public:
  running_lane_waiter(const void* of, const site& called, const scope* waiting,
                      event_loop& own) noexcept
      : lane_waiter(of, called, false, &running_lane_waiter::take),
        work_item([](work_item* item) noexcept {
          static_cast<running_lane_waiter*>(item)->mine_ = true;
        }),
        loop_(own) {
    lane_waiter::chain = waiting;
  }

  void wait() {
    if (!lane_entry(*this).entered()) loop_.run_until(mine_);
  }

 private:
  static suspended* take(lane_waiter& self) noexcept {
    auto& waiter = static_cast<running_lane_waiter&>(self);
    waiter.loop_.post(static_cast<work_item&>(waiter));
    return nullptr;
  }

  event_loop& loop_;
  bool mine_ = false;
};

}  // namespace

lane_hold::lane_hold(const void* lane, const site& where) : lane_(lane) {
  thread_state& t = state_here();
  // A scope for a plain thread: its nested runs have this one for a parent.
  if (t.current == nullptr) scope_.emplace(nullptr, &t.values);
  const scope* const chain = scope_ ? &*scope_ : t.current;
  if (!enter_lane(lane, where, chain)) {
    if (in_async_context()) throw_blocking_call(where.function);
    if (event_loop* const own = existing_thread_loop()) {
      running_lane_waiter(lane, where, chain, *own).wait();
    } else {
      blocked_lane_waiter(lane, where, chain).wait();
    }
  }
  if (scope_) {
    t.current = &*scope_;
    t.own_root = nullptr;
  }
}

lane_hold::~lane_hold() {
  if (scope_) state_here().current = nullptr;
  leave_lane(lane_);
}

lane_wait::lane_wait(const void* of, const site& called) noexcept
    : lane_waiter(of, called, true, &lane_wait::granted), cancel_node(&lane_wait::cancel) {}

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
  // Locked until this returns, for whoever grants the lane.
  const lane_entry entry(*this);
  if (entry.entered()) return false;
  if (watching()) [[unlikely]]
    note_wait(static_cast<suspended*>(this), h, chain_here, wait_kind::lane,
              {.object = lane, .name = where->function});
  if (scope* const cancelling = cancelling_scope()) cancelling->add(*this);
  return true;
}

lane_hold lane_wait::await_resume() const {
  if (cancelled_) throw cancelled_error();
  return lane_hold(lane);
}

suspended* lane_wait::granted(lane_waiter& self) noexcept {
  auto& wait = static_cast<lane_wait&>(self);
  if (wait.home_ == nullptr) return &wait;
  wait.home_->post(static_cast<suspended&>(wait));
  return nullptr;
}

void lane_wait::cancel(cancel_node* self) noexcept {
  auto& wait = static_cast<lane_wait&>(*self);
  // Granted already: the lane is ours, the call goes on to its next await.
  if (!dequeue(wait)) return;
  wait.cancelled_ = true;
  wait.home_->post_here(wait);
}

}  // namespace smartasync::detail
