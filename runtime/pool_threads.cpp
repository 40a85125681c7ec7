// SPDX-License-Identifier: MIT
// The threads of a pool: how a job finds one, how they find jobs, sleep and end.
#include <pthread.h>

#include <array>
#include <chrono>
#include <string>
#include <system_error>
#include <utility>

#include "futex.hpp"
#include "smartasync/detail/blocked_waiter.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/thread_pool.hpp"

namespace smartasync {
namespace {

using clock = std::chrono::steady_clock;

void name_this_thread(const std::string& executor_name) noexcept {
  // The kernel keeps 15 characters. Without an allocation, which could fail.
  std::array<char, 16> shown{'s', 'a', ':'};
  executor_name.copy(shown.data() + 3, shown.size() - 4);
  pthread_setname_np(pthread_self(), shown.data());
}

/// The innermost thread of `where` that blocks for the chain; null when there is none.
detail::blocked_waiter* find_waiter(const detail::scope* chain, const executor& where) noexcept {
  for (; chain != nullptr; chain = chain->parent()) {
    detail::blocked_waiter* const found = chain->waiter();
    if (found != nullptr && found->where == &where) return found;
  }
  return nullptr;
}

}  // namespace

void thread_pool::called::wake() const noexcept {
  if (sleeps_on != nullptr) detail::futex_wake_one(sleeps_on);
}

/// Sees to it that some thread will take the job; not found where it waits for one that comes free.
thread_pool::called thread_pool::find_thread(const detail::job& j) {
  constexpr called comes{.found = true, .sleeps_on = nullptr};
  // A thread on its way to the queue has posted already what it called. Relaxed: it is one of many
  // that may be late, and it sees the job that is pushed under the lock.
  if (queue_.size() < returning_.load(std::memory_order_relaxed)) return comes;
  const bool has_room = working() < options_.max_threads;
  if (has_room && !idle_.empty()) return call_idle();
  if (has_room && workers_.size() < options_.max_threads) {
    try {
      start_thread();
      return comes;
    } catch (const std::system_error&) {
      if (workers_.empty()) throw;
    }
  }
  detail::blocked_waiter* const waiter = find_waiter(j.chain, *this);
  if (waiter != nullptr && waiter->may_take()) {
    waiter->poke();
    return comes;
  }
  if (has_room && workers_.size() < std::size_t{options_.max_threads} + options_.reserve_threads) {
    try {
      start_thread();
      return comes;
    } catch (const std::system_error&) {
      // It waits in the queue, if there is a thread that will come for it without having to wait.
      if (working() == 0) throw;
    }
  }
  if (options_.full == when_full::refuse && queue_.size() >= options_.max_queue) {
    throw executor_full_error(
        "Cannot call " + std::string(j.called) + "(): the executor \"" + name() + "\" is full: ",
        nullptr, nullptr, j.called);
  }
  return {};
}

void thread_pool::work(worker_list::iterator self) noexcept {
  detail::state_here().worker_of = this;
  name_this_thread(name());
  std::unique_lock lock(mutex_);
  for (;;) {
    // A reserve thread ends as soon as the one that it stood in for works again.
    if (working() > options_.max_threads) break;
    if (runner_ != nullptr && runner_ != &*self && watcher_ == nullptr) {
      watch_express(*self, lock);
      continue;
    }
    if (runner_ == &*self) {
      if (run_express(*self, lock)) continue;
    } else if (detail::job* const j = runner_ == nullptr ? queue_.pop() : nullptr) {
      run_next(*j, *self, lock);
      continue;
    }
    if (closed_ || !wait_for_work(*self, lock)) break;
  }
  retired_.splice(retired_.end(), workers_, self);
}

/// Runs a job that is out of the queue, without the lock.
void thread_pool::run_next(detail::job& j, worker& self, pool_lock& lock) noexcept {
  if (++taken_ % 8 != 0) {
    call_and_post(j, lock);
    return;
  }
  const clock::time_point begin = clock::now();
  call_and_post(j, lock);
  judge(self, clock::now() - begin);
}

void thread_pool::call_and_post(detail::job& j, pool_lock& lock) noexcept {
  event_loop* const home = j.home;
  lock.unlock();
  const bool is_awaited = detail::calling_jobs().call(j);
  if (!is_awaited) return lock.lock();
  // From here on this thread counts as free: who is resumed and submits again wakes no other.
  returning_.fetch_add(1, std::memory_order_relaxed);
  detail::post_home(*home, j, j);
  lock.lock();
  returning_.fetch_sub(1, std::memory_order_relaxed);
}

/// Waits until `call_idle()` chooses this thread; false when it is to retire instead.
///
/// No job is missed: the last look at the queue and the entry among the idle ones are one critical
/// section, so who submits later finds this thread there and calls it. Caller and thread meet on
/// one word: either the caller's exchange finds `asleep` and it wakes, or the thread's comparison
/// finds `awake` and it does not sleep. What the job carries goes over with the lock, so that the
/// word needs no order. test/reliability/mutants takes the steps out.
bool thread_pool::wait_for_work(worker& self, pool_lock& lock) noexcept {
  const bool stays = options_.idle_timeout == std::chrono::milliseconds::max();
  const auto long_until =
      has_processor_to_spare() ? clock::time_point::max() : clock::time_point::min();
  self.state.store(looking, std::memory_order_relaxed);
  idle_.push(self);
  lock.unlock();
  const auto is_called = [&] { return self.state.load(std::memory_order_relaxed) == awake; };
  if (!self.spin.wait(is_called, long_until)) {
    sleep(self, stays ? clock::time_point::max() : clock::now() + options_.idle_timeout);
  }
  lock.lock();
  if (is_called()) return true;
  idle_.erase(self);
  if (runner_ == &self) end_express();
  return !queue_.empty();
}

void thread_pool::sleep(worker& self, std::chrono::steady_clock::time_point until) noexcept {
  std::uint32_t seen = looking;
  // From here on who calls this thread wakes it. What it is called for it finds under the lock.
  if (!self.state.compare_exchange_strong(seen, asleep, std::memory_order_relaxed)) return;
  self.spin.begin_sleep();
  bool waits = true;
  while (waits && self.state.load(std::memory_order_relaxed) == asleep) {
    waits = detail::futex_wait(&self.state, asleep, until);
  }
  if (waits) self.spin.end_sleep();
}

/// How many threads run jobs, or are about to look for one.
std::size_t thread_pool::working() const noexcept {
  return workers_.size() - idle_.size() - blocked_;
}

/// True when there are no more of these threads than processors, so that one may look at memory for
/// a while. The loop, which wants one as well, mostly waits for them: it looks, or they do.
bool thread_pool::has_processor_to_spare() const noexcept {
  return working() <= detail::processor_count();
}

/// Takes the thread that became idle last out of the idle ones.
thread_pool::called thread_pool::call_idle() noexcept {
  if (idle_.empty()) return {};
  worker* const chosen = idle_.top();
  idle_.erase(*chosen);
  const bool sleeps = chosen->state.exchange(awake, std::memory_order_relaxed) == asleep;
  return {true, sleeps ? &chosen->state : nullptr};
}

void thread_pool::start_thread() {
  const auto at = workers_.emplace(workers_.end());
  try {
    at->thread = std::thread([this, at] { work(at); });
  } catch (...) {
    workers_.erase(at);
    throw;
  }
}

}  // namespace smartasync
