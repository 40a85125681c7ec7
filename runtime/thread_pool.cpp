// SPDX-License-Identifier: MIT
#include "smartasync/thread_pool.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <utility>

#include "executors.hpp"
#include "smartasync/errors.hpp"
#include "wait_circle.hpp"

namespace smartasync {
namespace {

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

}  // namespace

thread_pool::thread_pool(std::string name, const executor_options& options)
    : executor(std::move(name), false), options_(options) {
  if (options.max_threads == 0) throw std::invalid_argument("thread_pool: no threads at all");
  detail::prepare_asymmetric_fences();
  detail::pool_list& every = detail::every_pool();
  const std::lock_guard lock(every.mutex);
  next_pool_ = every.first;
  pool_link_ = &every.first;
  if (next_pool_ != nullptr) next_pool_->pool_link_ = &next_pool_;
  every.first = this;
}

thread_pool::~thread_pool() {
  close();
  detail::pool_list& every = detail::every_pool();
  const std::lock_guard lock(every.mutex);
  *pool_link_ = next_pool_;
  if (next_pool_ != nullptr) next_pool_->pool_link_ = pool_link_;
}

std::size_t thread_pool::thread_count() const {
  const std::lock_guard lock(mutex_);
  return workers_.size();
}

std::size_t thread_pool::queue_size() const {
  const std::lock_guard lock(mutex_);
  // The jobs that are claimed are counted last: under the lock they only get less, and those that
  // come in only more. Otherwise one that comes when another has begun is counted beside it.
  const std::size_t coming = inbox_.size() + ring_.size();
  const std::size_t claimed = runner_ != nullptr ? runner_->batch.size() : 0;
  return std::min(coming + queue_.size() + claimed, options_.max_queue);
}

std::size_t thread_pool::waiting_size() const {
  const std::lock_guard lock(mutex_);
  return queue_.size() - std::min(queue_.size(), options_.max_queue);
}

bool thread_pool::in_express() const {
  const std::lock_guard lock(mutex_);
  return runner_ != nullptr;
}

void thread_pool::submit_answered(detail::job& j, detail::job_inbox::answer answer) {
  using enum detail::job_inbox::answer;
  if (answer == left_behind) {
    const std::lock_guard lock(mutex_);
    if (!ring_.retract(j)) return;
    answer = refused;
  }
  for (;; answer = inbox_.push(j)) {
    if (answer == taken) return;
    if (answer == wakes_taker_soon && detail::call_after_turn(&call_runner_of, this)) return;
    if (answer != refused) return call_runner();
    called woken;
    worker_list ended;
    bool is_near = false;
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
      if (!woken.found && is_blocked() && detail::may_close_circle(j.chain)) {
        lock.unlock();
        if (queue_behind_blocked(j)) return;
        continue;
      }
      queue_.push(j);
      if (!retired_.empty()) ended.swap(retired_);
      is_near = woken.found && has_processor_to_spare();
    }
    detail::expect_answer(is_near);
    // The worker is alive until it has looked at the queue: it left the idle ones under the lock.
    woken.wake();
    // Not under the lock, which a thread's last steps may need.
    for (worker& each : ended) end_thread(each.thread);
    return;
  }
}

/// For a job that would wait for calls that block: looks whether these wait for it in turn. False
/// where it need not wait for them any more, and was not taken.
bool thread_pool::queue_behind_blocked(detail::job& j) {
  called woken;
  {
    const detail::standstill still(this);
    if (closed_ || !is_blocked()) return false;
    woken = find_thread(j);
    if (!woken.found) detail::refuse_circle(still, *this, j);
    queue_.push(j);
  }
  woken.wake();
  return true;
}

bool thread_pool::remove(detail::job& j) noexcept {
  const std::lock_guard lock(mutex_);
  if (detail::work_item* const newest = inbox_.take()) queue_.append_stack(*newest);
  ring_.take(queue_);
  if (!j.queued && runner_ != nullptr) take_batch_back();
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
  detail::prepare_asymmetric_fences();
  ::new (&mutex_) detail::spinning_mutex;
  ::new (&queue_) detail::job_queue;
  ::new (&inbox_) detail::job_inbox;
  ::new (&ring_) detail::job_ring;
  ::new (&workers_) worker_list;
  ::new (&retired_) worker_list;
  ::new (&idle_) worker_stack;
  runner_ = nullptr;
  watcher_ = nullptr;
  finished_ = {};
  finished_count_ = 0;
  short_row_ = 0;
  returning_ = 0;
  blocked_calls_ = nullptr;
  blocked_ = 0;
}

}  // namespace smartasync
