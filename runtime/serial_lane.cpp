// SPDX-License-Identifier: MIT
#include "smartasync/detail/serial_lane.hpp"

#include <condition_variable>
#include <mutex>

#include "lane_table.hpp"
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
  blocked_lane_waiter() noexcept { granted = &blocked_lane_waiter::take; }

  /// Requires the lock of the lane's shard alone; gives it up meanwhile.
  void wait(std::mutex& lock, executor* pool) {
    if (pool != nullptr) pool->begin_block();
    std::unique_lock held(lock, std::adopt_lock);
    changed_.wait(held, [this] { return mine_; });
    static_cast<void>(held.release());
    if (pool != nullptr) pool->end_block();
  }

 private:
  static void take(lane_waiter& self) noexcept {
    auto& waiter = static_cast<blocked_lane_waiter&>(self);
    waiter.mine_ = true;
    // Under the lock, so that the waiter cannot be gone before this returns.
    waiter.changed_.notify_one();
  }

  std::condition_variable changed_;
  bool mine_ = false;
};

/// A thread that runs its own loop until it has the lane: what holds it may be left there.
class running_lane_waiter : public lane_waiter, work_item {
 public:
  explicit running_lane_waiter(event_loop& own) noexcept
      : work_item([](work_item* item) noexcept {
          static_cast<running_lane_waiter*>(item)->mine_ = true;
        }),
        loop_(own) {
    granted = [](lane_waiter& self) noexcept {
      auto& waiter = static_cast<running_lane_waiter&>(self);
      waiter.loop_.post(static_cast<work_item&>(waiter));
    };
  }
  void wait() noexcept { loop_.run_until(mine_); }

 private:
  event_loop& loop_;
  bool mine_ = false;
};

}  // namespace

lane_hold::lane_hold(const void* lane, const site& where) : lane_(lane) {
  thread_state& t = state_here();
  // A scope for a plain thread: its nested runs have this one for a parent.
  if (t.current == nullptr) scope_.emplace(nullptr, &t.values);
  const scope* const chain = scope_ ? &*scope_ : t.current;
  const auto queue_up = [&](lane_lock& lock, lane_waiter& waiter) {
    if (in_async_context()) throw_blocking_call(where.function);
    waiter.where = &where;
    waiter.chain = chain;
    enqueue(lock, lane, waiter);
    lock.leave_others();
  };
  if (event_loop* const own = existing_thread_loop()) {
    running_lane_waiter waiter(*own);
    bool waits = false;
    {
      lane_lock lock(lane, chain);
      waits = !try_enter(lock, lane, where, chain);
      if (waits) queue_up(lock, waiter);
    }
    if (waits) waiter.wait();
  } else {
    lane_lock lock(lane, chain);
    if (!try_enter(lock, lane, where, chain)) {
      blocked_lane_waiter waiter;
      queue_up(lock, waiter);
      waiter.wait(lock.mine().mutex, t.worker_of);
    }
  }
  if (scope_) t.current = &*scope_;
}

lane_hold::~lane_hold() {
  if (scope_) state_here().current = nullptr;
  leave_lane(lane_);
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
  lane_lock lock(lane_, chain_here);
  if (try_enter(lock, lane_, *lane_waiter::where, chain_here)) return false;
  enqueue(lock, lane_, *this);
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
  // Granted already: the lane is ours, the call goes on to its next await.
  if (!dequeue(wait.lane_, wait)) return;
  wait.cancelled_ = true;
  wait.home_->post_here(wait);
}

}  // namespace smartasync::detail
