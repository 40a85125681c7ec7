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
  return std::min(queue_.size() + inbox_.size(), options_.max_queue);
}

std::size_t thread_pool::waiting_size() const {
  const std::lock_guard lock(mutex_);
  return queue_.size() - std::min(queue_.size(), options_.max_queue);
}

void thread_pool::called::wake() const noexcept {
  if (sleeps_on != nullptr) detail::futex_wake_one(sleeps_on);
}

void thread_pool::submit(detail::job& j) {
  for (;;) {
    const auto answer = inbox_.push(j);
    if (answer == detail::job_inbox::answer::wakes_taker) call_runner();
    if (answer != detail::job_inbox::answer::refused) return;
    called woken;
    worker_list ended;
    {
      std::unique_lock lock(mutex_);
      if (runner_ != nullptr) continue;  // The inbox was opened meanwhile.
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
    woken.wake();
    // Not under the lock, which a thread's last steps may need.
    for (worker& each : ended) end_thread(each.thread);
    return;
  }
}

/// Sees to it that some thread will take the job. Says whom to wake, if that is how.
thread_pool::called thread_pool::find_thread(const detail::job& j) {
  // A thread on its way to the queue has posted already what it called. Relaxed: it is one of many
  // that may be late, and it sees the job that is pushed under the lock.
  if (queue_.size() < returning_.load(std::memory_order_relaxed)) return {};
  const bool has_room = working() < options_.max_threads;
  if (has_room && !idle_.empty()) return call_idle();
  if (has_room && workers_.size() < options_.max_threads) {
    try {
      start_thread();
      return {};
    } catch (const std::system_error&) {
      if (workers_.empty()) throw;
    }
  }
  detail::blocked_waiter* const waiter = find_waiter(j.chain, *this);
  if (waiter != nullptr && waiter->may_take()) {
    waiter->poke();
    return {};
  }
  if (has_room && workers_.size() < std::size_t{options_.max_threads} + options_.reserve_threads) {
    try {
      start_thread();
      return {};
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
  return {};
}

bool thread_pool::remove(detail::job& j) noexcept {
  const std::lock_guard lock(mutex_);
  inbox_.take(queue_);
  if (!j.queued) return false;
  queue_.erase(j);
  return true;
}

void thread_pool::close() noexcept {
  std::unique_lock lock(mutex_);
  closed_ = true;
  end_express();
  while (!idle_.empty()) call_idle().wake();
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
  ::new (&inbox_) detail::job_inbox;
  ::new (&workers_) worker_list;
  ::new (&retired_) worker_list;
  ::new (&idle_) std::vector<worker*>;
  runner_ = nullptr;
  watcher_ = nullptr;
  finished_ = nullptr;
  finished_count_ = 0;
  short_row_ = 0;
  returning_ = 0;
  blocked_ = 0;
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
    if (runner_ == &*self && queue_.empty()) inbox_.take(queue_);
    const bool takes = runner_ == nullptr || runner_ == &*self;
    if (detail::job* const j = takes ? queue_.pop() : nullptr) {
      if (runner_ != nullptr) {
        run_express(*j, *self, lock);
      } else {
        run_next(*j, *self, lock);
      }
    } else if (runner_ == &*self && !rest_express(*self, lock)) {
      continue;
    } else if (closed_ || !wait_for_work(*self, lock)) {
      break;
    }
  }
  retired_.splice(retired_.end(), workers_, self);
}

/// Runs a job that is out of the queue, without the lock.
void thread_pool::run_next(detail::job& j, worker& self,
                           std::unique_lock<std::mutex>& lock) noexcept {
  using clock = std::chrono::steady_clock;
  if (++taken_ % 8 != 0) {
    call_and_post(j, lock);
    return;
  }
  const clock::time_point begin = clock::now();
  call_and_post(j, lock);
  judge(self, clock::now() - begin);
}

void thread_pool::call_and_post(detail::job& j, std::unique_lock<std::mutex>& lock) noexcept {
  event_loop* const home = j.home;
  lock.unlock();
  detail::work_item* const waiter = detail::call_job(j);
  if (waiter == nullptr) return lock.lock();
  // From here on this thread counts as free: who is resumed and submits again wakes no other.
  returning_.fetch_add(1, std::memory_order_relaxed);
  detail::post_home(*home, *waiter, *waiter);
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
bool thread_pool::wait_for_work(worker& self, std::unique_lock<std::mutex>& lock) noexcept {
  using clock = std::chrono::steady_clock;
  const bool stays = options_.idle_timeout == std::chrono::milliseconds::max();
  self.state.store(looking, std::memory_order_relaxed);
  idle_.push_back(&self);
  lock.unlock();
  const auto is_called = [&] { return self.state.load(std::memory_order_relaxed) == awake; };
  if (!self.spin.wait(is_called)) {
    sleep(self, stays ? clock::time_point::max() : clock::now() + options_.idle_timeout);
  }
  lock.lock();
  if (is_called()) return true;
  std::erase(idle_, &self);
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

/// Takes the thread that became idle last out of the idle ones.
thread_pool::called thread_pool::call_idle() noexcept {
  if (idle_.empty()) return {};
  worker* const chosen = idle_.back();
  idle_.pop_back();
  const bool sleeps = chosen->state.exchange(awake, std::memory_order_relaxed) == asleep;
  return {true, sleeps ? &chosen->state : nullptr};
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

}  // namespace smartasync
