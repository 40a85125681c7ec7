// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "smartasync/detail/job_queue.hpp"
#include "smartasync/executor.hpp"

namespace smartasync {

/// Threads for calls that block: none until one is needed, one more while all are busy up to the
/// limit, and fewer again when they have been idle for long. The thread that became idle last works
/// first.
///
/// A thread that blocks in a nested `run()` does not count as working. A job that finds no free
/// thread goes first to a thread that blocks for that same chain of calls; failing that, a reserve
/// thread opens.
///
/// Life: the destructor runs what is queued and joins all threads; no call may be on its way then.
class thread_pool final : public executor {
 public:
  explicit thread_pool(std::string name, const executor_options& options = {});
  ~thread_pool() override;

  [[nodiscard]] const executor_options& options() const noexcept { return options_; }
  /// Threads alive now, working or idle.
  [[nodiscard]] std::size_t thread_count() const;
  /// Jobs that wait for a thread; `max_queue` at the most.
  [[nodiscard]] std::size_t queue_size() const;
  /// Jobs that wait for room in the queue.
  [[nodiscard]] std::size_t waiting_size() const;

  void submit(detail::job& j) override;
  bool remove(detail::job& j) noexcept override;
  void block(detail::blocked_waiter& waiter) noexcept override;
  void begin_block() noexcept override;
  void end_block() noexcept override;

  /// Runs what is queued, joins all threads, and refuses what is submitted from then on.
  void close() noexcept;
  /// Makes a closed pool run on the submitting thread what is submitted from then on: for what
  /// still runs while the process exits.
  void serve_in_place() noexcept;

  /// For the child of a fork, which has none of the parent's threads: starts afresh. What was
  /// queued is the parent's.
  void forget_threads() noexcept;

 private:
  static constexpr std::uint32_t asleep = 0;
  static constexpr std::uint32_t awake = 1;

  struct worker {
    std::thread thread;
    std::atomic<std::uint32_t> state{awake};  ///< The word that it sleeps on.
  };
  using worker_list = std::list<worker>;

  void work(worker_list::iterator self) noexcept;
  bool wait_for_work(worker& self, std::unique_lock<std::mutex>& lock) noexcept;
  [[nodiscard]] std::size_t working() const noexcept;
  [[nodiscard]] worker* wake_idle() noexcept;
  void start_thread();
  [[nodiscard]] worker* find_thread(const detail::job& j);
  void serve_queue() noexcept;

  const executor_options options_;
  mutable std::mutex mutex_;
  // All below are guarded by mutex_.
  detail::job_queue queue_;  // Past `max_queue` are those that wait for room.
  worker_list workers_;
  worker_list retired_;
  std::vector<worker*> idle_;  // The one that became idle last at the back.
  std::size_t blocked_ = 0;
  bool closed_ = false;
  bool in_place_ = false;
};

}  // namespace smartasync
