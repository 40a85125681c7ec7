// SPDX-License-Identifier: MIT
// The threads of a pool that block in a nested run or for a lane, and who works in their place.
#include <exception>
#include <utility>

#include "smartasync/detail/blocked_waiter.hpp"
#include "smartasync/thread_pool.hpp"

namespace smartasync {
namespace {

/// True where a thread that blocks makes the call.
bool has_waiter(const detail::job& j, const executor& where) noexcept {
  for (const detail::scope* chain = j.chain; chain != nullptr; chain = chain->parent()) {
    const detail::blocked_call* const found = chain->waiter();
    if (found != nullptr && found->where == &where && found->helps) return true;
  }
  return false;
}

void run_all(detail::work_queue& refused) noexcept {
  for (detail::work_item* item = refused.take_all(); item != nullptr;) {
    detail::run_job(static_cast<detail::job&>(*std::exchange(item, item->next)));
  }
}

}  // namespace

void thread_pool::block(detail::blocked_waiter& waiter) noexcept {
  do {
    std::unique_lock lock(mutex_);
    while (detail::job* const j = queue_.pop_for(waiter)) {
      remove_blocked(waiter);
      lock.unlock();
      detail::run_job(*j);
      lock.lock();
      detail::work_queue refused;
      end_express();
      add_blocked(waiter);
      if (!serve_queue(1)) refuse_unserved(refused);
      if (refused.empty()) continue;
      lock.unlock();
      run_all(refused);
      lock.lock();
    }
  } while (!waiter.wait());
}

void thread_pool::begin_block(detail::blocked_call& call) noexcept {
  detail::work_queue refused;
  {
    const std::lock_guard lock(mutex_);
    // Who blocks may wait for jobs that the runner would not come to.
    end_express();
    add_blocked(call);
    if (!serve_queue(1)) refuse_unserved(refused);
  }
  run_all(refused);
}

void thread_pool::end_block(detail::blocked_call& call) noexcept {
  const std::lock_guard lock(mutex_);
  remove_blocked(call);
}

/// True where every thread blocks: none will come for a job before a call has ended that blocks.
bool thread_pool::is_blocked() const noexcept {
  return blocked_ != 0 && blocked_ == workers_.size();
}

void thread_pool::add_blocked(detail::blocked_call& call) noexcept {
  ++blocked_;
  call.blocks = true;
  call.next = blocked_calls_;
  call.link = &blocked_calls_;
  if (call.next != nullptr) call.next->link = &call.next;
  blocked_calls_ = &call;
}

void thread_pool::remove_blocked(detail::blocked_call& call) noexcept {
  --blocked_;
  call.blocks = false;
  *call.link = call.next;
  if (call.next != nullptr) call.next->link = call.link;
}

/// Gives the queue more threads, for so many jobs. False where there is room for one and the system
/// gives none.
bool thread_pool::serve_queue(std::size_t jobs) noexcept {
  for (; jobs != 0 && !queue_.empty() && working() < options_.max_threads; --jobs) {
    if (const called idle = call_idle(); idle.found) {
      idle.wake();
      continue;
    }
    if (workers_.size() >= std::size_t{options_.max_threads} + options_.reserve_threads) break;
    try {
      start_thread();
    } catch (const std::exception&) {
      return false;  // The queue waits for a thread that is there.
    }
  }
  return true;
}

/// No thread can be started. When all that are there block, takes those jobs out of the queue that
/// had been queued for one that did not, and for which none would have been queued from then on: to
/// be executed, without the lock, for their error.
void thread_pool::refuse_unserved(detail::work_queue& refused) noexcept {
  if (!is_blocked()) return;
  for (detail::job* j = queue_.front(); j != nullptr;) {
    detail::job& each = *j;
    j = static_cast<detail::job*>(each.next);
    // What runs on no loop would go on right here, perhaps under locks of this thread's caller.
    if (!each.can_be_refused || each.home == nullptr || has_waiter(each, *this)) continue;
    queue_.erase(each);
    each.refused = true;
    refused.push(each);
  }
}

}  // namespace smartasync
