// SPDX-License-Identifier: MIT
#include "smartasync/thread_pool.hpp"

#include <pthread.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "futex.hpp"
#include "smartasync/errors.hpp"

namespace smartasync {
namespace {

void name_this_thread(const std::string& executor_name) noexcept {
  // The kernel keeps 15 characters. Without an allocation, which could fail.
  std::array<char, 16> shown{'s', 'a', ':'};
  executor_name.copy(shown.data() + 3, shown.size() - 4);
  pthread_setname_np(pthread_self(), shown.data());
}

/// Waits for a thread that has left its pool; when it is this one, in its last steps or because the
/// process exits from within a job, lets it go.
void end_thread(std::thread& thread) noexcept {
  if (!thread.joinable()) return;
  if (thread.get_id() == std::this_thread::get_id()) {
    thread.detach();
  } else {
    thread.join();
  }
}

/// The innermost thread of `where` that blocks for the chain; null when there is none.
detail::blocked_waiter* find_waiter(const detail::scope* chain, const executor& where) noexcept {
  for (; chain != nullptr; chain = chain->parent()) {
    detail::blocked_waiter* const found = chain->waiter();
    if (found != nullptr && found->where() == &where) return found;
  }
  return nullptr;
}

}  // namespace

thread_pool::thread_pool(std::string name, const executor_options& options)
    : executor(std::move(name), false), options_(options) {
  if (options.max_threads == 0) throw std::invalid_argument("thread_pool: no threads at all");
}

thread_pool::~thread_pool() { close(); }

std::size_t thread_pool::thread_count() const {
  const std::lock_guard lock(mutex_);
  return workers_.size();
}

std::size_t thread_pool::queue_size() const {
  const std::lock_guard lock(mutex_);
  return std::min(queue_.size(), options_.max_queue);
}

std::size_t thread_pool::waiting_size() const {
  const std::lock_guard lock(mutex_);
  return queue_.size() - std::min(queue_.size(), options_.max_queue);
}

void thread_pool::submit(detail::job& j) {
  worker* woken = nullptr;
  worker_list ended;
  {
    std::unique_lock lock(mutex_);
    if (closed_) {
      if (!in_place_) {
        throw loop_closed_error("smartasync: the executor \"" + name() + "\" has ended");
      }
      lock.unlock();
      return detail::run_job(j);
    }
    woken = find_thread(j);
    queue_.push(j);
    ended.swap(retired_);
  }
  // The worker is alive until it has looked at the queue: it left the idle ones under the lock.
  if (woken != nullptr) detail::futex_wake_one(&woken->state);
  // Not under the lock, which a thread's last steps may need.
  for (worker& each : ended) end_thread(each.thread);
}

/// Sees to it that some thread will take the job. Returns the one to wake, if that is how.
thread_pool::worker* thread_pool::find_thread(const detail::job& j) {
  const bool has_room = working() < options_.max_threads;
  if (has_room && !idle_.empty()) return wake_idle();
  if (has_room && workers_.size() < options_.max_threads) {
    try {
      start_thread();
      return nullptr;
    } catch (const std::system_error&) {
      if (workers_.empty()) throw;
    }
  }
  detail::blocked_waiter* const waiter = find_waiter(j.chain, *this);
  if (waiter != nullptr && waiter->may_take()) {
    waiter->poke();
    return nullptr;
  }
  if (has_room && workers_.size() < std::size_t{options_.max_threads} + options_.reserve_threads) {
    try {
      start_thread();
      return nullptr;
    } catch (const std::system_error&) {
      // It waits in the queue, if there is a thread that will come for it without having to wait.
      if (working() == 0) throw;
    }
  }
  if (waiter != nullptr && !waiter->helps() && working() == 0) {
    throw executor_full_error("smartasync: the executor \"" + name() +
                              "\" would wait for itself: every thread blocks in a call that needs "
                              "this one");
  }
  if (options_.full == when_full::refuse && queue_.size() >= options_.max_queue) {
    throw executor_full_error("smartasync: the executor \"" + name() + "\" is full");
  }
  return nullptr;
}

bool thread_pool::remove(detail::job& j) noexcept {
  const std::lock_guard lock(mutex_);
  if (!j.queued) return false;
  queue_.erase(j);
  return true;
}

void thread_pool::block(detail::blocked_waiter& waiter) noexcept {
  begin_block();
  do {
    std::unique_lock lock(mutex_);
    while (detail::job* const j = queue_.pop_for(waiter)) {
      waiter.set_busy(true);
      --blocked_;
      lock.unlock();
      detail::run_job(*j);
      lock.lock();
      ++blocked_;
      waiter.set_busy(false);
      serve_queue();
    }
  } while (!waiter.wait());
  end_block();
}

void thread_pool::begin_block() noexcept {
  const std::lock_guard lock(mutex_);
  ++blocked_;
  serve_queue();
}

void thread_pool::end_block() noexcept {
  const std::lock_guard lock(mutex_);
  --blocked_;
}

void thread_pool::close() noexcept {
  std::unique_lock lock(mutex_);
  closed_ = true;
  while (worker* const idle = wake_idle()) detail::futex_wake_one(&idle->state);
  while (!workers_.empty()) {
    // A worker moves its node to retired_ at its end; the node itself stays.
    const auto first = workers_.begin();
    if (first->thread.get_id() == std::this_thread::get_id()) {
      retired_.splice(retired_.end(), workers_, first);
      continue;
    }
    std::thread taken = std::move(first->thread);
    lock.unlock();
    taken.join();
    lock.lock();
  }
  worker_list ended = std::move(retired_);
  lock.unlock();
  for (worker& each : ended) end_thread(each.thread);
}

void thread_pool::serve_in_place() noexcept {
  const std::lock_guard lock(mutex_);
  in_place_ = true;
}

void thread_pool::forget_threads() noexcept {
  // Nothing of the old state is destroyed: its threads are not there to be joined, and another
  // thread may have been in the middle of a change when the process forked.
  ::new (&mutex_) std::mutex;
  ::new (&queue_) detail::job_queue;
  ::new (&workers_) worker_list;
  ::new (&retired_) worker_list;
  ::new (&idle_) std::vector<worker*>;
  blocked_ = 0;
}

void thread_pool::work(worker_list::iterator self) noexcept {
  detail::state_here().worker_of = this;
  name_this_thread(name());
  std::unique_lock lock(mutex_);
  for (;;) {
    // A reserve thread ends as soon as the one that it stood in for works again.
    if (working() > options_.max_threads) break;
    if (detail::job* const j = queue_.pop()) {
      lock.unlock();
      detail::run_job(*j);
      lock.lock();
    } else if (closed_ || !wait_for_work(*self, lock)) {
      break;
    }
  }
  retired_.splice(retired_.end(), workers_, self);
}

/// Sleeps until `wake_idle()` chooses this thread; false when it is to retire instead.
bool thread_pool::wait_for_work(worker& self, std::unique_lock<std::mutex>& lock) noexcept {
  using clock = std::chrono::steady_clock;
  const bool stays = options_.idle_timeout == std::chrono::milliseconds::max();
  const clock::time_point until =
      stays ? clock::time_point::max() : clock::now() + options_.idle_timeout;
  self.state.store(asleep, std::memory_order_relaxed);
  idle_.push_back(&self);
  lock.unlock();
  bool waits = true;
  while (waits && self.state.load(std::memory_order_relaxed) == asleep) {
    waits = detail::futex_wait(&self.state, asleep, until);
  }
  lock.lock();
  if (self.state.load(std::memory_order_relaxed) == awake) return true;
  std::erase(idle_, &self);
  return false;
}

/// How many threads run jobs, or are about to look for one.
std::size_t thread_pool::working() const noexcept {
  return workers_.size() - idle_.size() - blocked_;
}

/// Takes the thread that became idle last out of the idle ones; the caller wakes it.
thread_pool::worker* thread_pool::wake_idle() noexcept {
  if (idle_.empty()) return nullptr;
  worker* const chosen = idle_.back();
  idle_.pop_back();
  chosen->state.store(awake, std::memory_order_relaxed);
  return chosen;
}

void thread_pool::start_thread() {
  idle_.reserve(workers_.size() + 1);
  const auto at = workers_.emplace(workers_.end());
  try {
    at->thread = std::thread([this, at] { work(at); });
  } catch (...) {
    workers_.erase(at);
    throw;
  }
}

/// Gives the queue another thread when one has just begun to block.
void thread_pool::serve_queue() noexcept {
  if (queue_.empty() || working() >= options_.max_threads) return;
  if (worker* const idle = wake_idle()) {
    detail::futex_wake_one(&idle->state);
  } else if (workers_.size() < std::size_t{options_.max_threads} + options_.reserve_threads) {
    try {
      start_thread();
    } catch (const std::exception&) {
      // The queue waits for a thread that is there.
    }
  }
}

}  // namespace smartasync
