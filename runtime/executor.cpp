// SPDX-License-Identifier: MIT
#include "smartasync/executor.hpp"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <thread>

#include "executors.hpp"
#include "smartasync/detail/blocked_waiter.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/thread_pool.hpp"

namespace smartasync {
namespace {

class inline_executor final : public executor {
 public:
  inline_executor() : executor("inline", true) {}

  void submit_answered(detail::job& j, detail::job_inbox::answer) override { detail::run_job(j); }
  bool remove(detail::job&) noexcept override { return false; }
  // It has no thread that could block.
  void block(detail::blocked_waiter& waiter) noexcept override {
    while (!waiter.wait()) {
    }
  }
  void begin_block(detail::blocked_call&) noexcept override {}
  void end_block(detail::blocked_call&) noexcept override {}
};

/// All executors of the process. Never destroyed, so that what runs while the process exits still
/// finds it; its threads are joined by `closer`.
struct executor_registry {
  std::mutex mutex;
  inline_executor in_place;
  std::map<std::string, thread_pool*, std::less<>> pools;  // Guarded by mutex; never destroyed.
  bool closed = false;                                     // Guarded by mutex.
  std::atomic<bool> exiting{false};                        ///< Static objects are being destroyed.

  /// Under the lock.
  thread_pool& pool(std::string_view name, const executor_options& options) {
    const auto found = pools.find(name);
    if (found != pools.end()) return *found->second;
    if (closed) throw loop_closed_error("smartasync: the runtime has ended, no executor is made");
    auto made = std::make_unique<thread_pool>(std::string(name), options);
    thread_pool*& place = pools.emplace(std::string(name), nullptr).first->second;
    place = made.release();
    return *place;
  }

  /// Ends all threads. The pools stay, and none is added any more.
  void close() noexcept {
    {
      const std::lock_guard lock(mutex);
      closed = true;
    }
    for (const auto& [name, pool] : pools) pool->close();
  }
};

executor_options serial_options() {
  return {.max_threads = 1, .idle_timeout = std::chrono::milliseconds::max(), .reserve_threads = 0};
}

executor_registry* made_executors = nullptr;

// Around a fork no other thread is in the middle of a change to the registry. The child has none of
// the threads, and its own is no executor's any more.
void executors_before_fork() noexcept {
  made_executors->mutex.lock();
  detail::every_pool().mutex.lock();
}
void executors_in_parent() noexcept {
  detail::every_pool().mutex.unlock();
  made_executors->mutex.unlock();
}
void executors_in_child() noexcept {
  ::new (&detail::every_pool().mutex) std::mutex;
  ::new (&made_executors->mutex) std::mutex;
  for (const auto& [name, pool] : made_executors->pools) pool->forget_threads();
  detail::thread_state& t = detail::state_here();
  if (t.worker_of != nullptr) {
    t.worker_of = nullptr;
    t.job = nullptr;
    t.blocked = nullptr;
    t.home = nullptr;
    t.current = nullptr;
  }
}

executor_registry* make_executors() {
  made_executors = new executor_registry;
  pthread_atfork(executors_before_fork, executors_in_parent, executors_in_child);
  return made_executors;
}

executor_registry& all_executors() {
  static executor_registry* const made = make_executors();
  static struct closer {
    ~closer() {
      made->exiting = true;
      // The process exits from within a loop or a call that others may wait for.
      const detail::thread_state& t = detail::state_here();
      if (t.loop != nullptr || t.worker_of != nullptr) return;
      made->close();
      for (const auto& [name, pool] : made->pools) pool->serve_in_place();
    }
  } const close_at_exit;
  return *made;
}

}  // namespace

unsigned default_max_threads() noexcept {
  static const unsigned chosen = std::min(32U, std::thread::hardware_concurrency() + 4);
  return chosen;
}

void detail::prepare_executors() { static_cast<void>(all_executors()); }

detail::pool_list& detail::every_pool() noexcept {
  alignas(pool_list) static std::byte place[sizeof(pool_list)];
  static pool_list& made = *::new (place) pool_list;
  return made;
}

void detail::end_executors() { all_executors().close(); }

executor& detail::default_executor() {
  static executor& pool = find_executor("pool");
  return pool;
}

executor& find_executor(std::string_view name) {
  executor_registry& executors = all_executors();
  if (name == "inline") return executors.in_place;
  const std::lock_guard lock(executors.mutex);
  // None is made while the process exits: the call runs where it is awaited.
  if (executors.exiting && executors.closed && !executors.pools.contains(name)) {
    return executors.in_place;
  }
  return executors.pool(name, name == "serial" ? serial_options() : executor_options());
}

void configure_executor(std::string_view name, const executor_options& options) {
  const std::string quoted = "smartasync: the executor \"" + std::string(name) + "\"";
  if (name == "inline" || name == "serial") {
    throw std::logic_error(quoted + " cannot be configured");
  }
  if (options.max_threads == 0) throw std::invalid_argument(quoted + " needs a thread");
  executor_registry& executors = all_executors();
  const std::lock_guard lock(executors.mutex);
  if (executors.pool(name, options).options() != options) {
    throw std::logic_error(quoted + " is in use already, with other limits");
  }
}

}  // namespace smartasync
