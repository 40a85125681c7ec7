// SPDX-License-Identifier: MIT
// The threads of a pool that block in a nested run, and who works in their place.
#include <exception>

#include "smartasync/thread_pool.hpp"

namespace smartasync {

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
      end_express();
      ++blocked_;
      waiter.set_busy(false);
      serve_queue(1);
    }
  } while (!waiter.wait());
  end_block();
}

void thread_pool::begin_block() noexcept {
  const std::lock_guard lock(mutex_);
  // Who blocks may wait for jobs that the runner would not come to.
  end_express();
  ++blocked_;
  serve_queue(1);
}

void thread_pool::end_block() noexcept {
  const std::lock_guard lock(mutex_);
  --blocked_;
}

/// Gives the queue more threads, for so many jobs.
void thread_pool::serve_queue(std::size_t jobs) noexcept {
  for (; jobs != 0 && !queue_.empty() && working() < options_.max_threads; --jobs) {
    if (const called idle = call_idle(); idle.found) {
      idle.wake();
      continue;
    }
    if (workers_.size() >= std::size_t{options_.max_threads} + options_.reserve_threads) return;
    try {
      start_thread();
    } catch (const std::exception&) {
      return;  // The queue waits for a thread that is there.
    }
  }
}

}  // namespace smartasync
