// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "smartasync/detail/adaptive_spin.hpp"
#include "smartasync/detail/job_batch.hpp"
#include "smartasync/detail/job_inbox.hpp"
#include "smartasync/detail/job_queue.hpp"
#include "smartasync/detail/spinning_mutex.hpp"
#include "smartasync/executor.hpp"

namespace smartasync {

namespace detail {
class standstill;
class wait_graph;
}  // namespace detail

/// Threads for calls that block: none until one is needed, one more while all are busy up to the
/// limit, and fewer again when they have been idle for long. The thread that became idle last works
/// first.
///
/// A thread that blocks in a nested `run()` or for a serial lane does not count as working. A job
/// that finds no free thread goes first to a thread that blocks for that same chain of calls;
/// failing that, a reserve thread opens. Where none may, the job waits until one of the calls has
/// ended in which the threads block, unless all of these wait for the job: `executor_full_error`.
///
/// Calls that are shorter than the waking of a thread would be slower on many than on one. When a
/// row of them has been seen, the pool goes over to express: one thread takes all, from an inbox
/// without a lock, and another watches it, as soon as one is free; a call that holds it up ends
/// that within half a millisecond, and every call has a thread again.
///
/// Life: the destructor runs what is queued and joins all threads; no call may be on its way then.
class thread_pool final : public executor {
 public:
  /// Starts no thread. Its threads are called `sa:` and the name, cut to what the kernel keeps.
  /// Throws `std::invalid_argument` for no threads at all.
  explicit thread_pool(std::string name, const executor_options& options = {});
  ~thread_pool() override;

  /// The limits that it was made with.
  [[nodiscard]] const executor_options& options() const noexcept { return options_; }
  /// Threads alive now, working or idle.
  [[nodiscard]] std::size_t thread_count() const;
  /// Jobs that wait for a thread; `max_queue` at the most.
  [[nodiscard]] std::size_t queue_size() const;
  /// Jobs that wait for room in the queue.
  [[nodiscard]] std::size_t waiting_size() const;
  /// True while one thread takes all calls, see above.
  [[nodiscard]] bool in_express() const;

  // What the awaitables build on: see `executor`.
  void submit_answered(detail::job& j, detail::job_inbox::answer answer) override;
  bool remove(detail::job& j) noexcept override;
  void block(detail::blocked_waiter& waiter) noexcept override;
  void begin_block(detail::blocked_call& call) noexcept override;
  void end_block(detail::blocked_call& call) noexcept override;

  /// Runs what is queued, joins all threads, and refuses what is submitted from then on.
  void close() noexcept;
  /// Makes a closed pool run on the submitting thread what is submitted from then on: for what
  /// still runs while the process exits.
  void serve_in_place() noexcept;

  /// For the child of a fork, which has none of the parent's threads: starts afresh. What was
  /// queued is the parent's.
  void forget_threads() noexcept;

 private:
  // They look at many pools at once.
  friend class detail::standstill;
  friend class detail::wait_graph;

  // What a worker's word says: idle and looking, idle and asleep, at work, watching the express.
  static constexpr std::uint32_t looking = 0;
  static constexpr std::uint32_t asleep = 1;
  static constexpr std::uint32_t awake = 2;
  static constexpr std::uint32_t watching = 3;

  struct worker {
    alignas(64) std::atomic<std::uint32_t> state{awake};  ///< The word that it sleeps on.
    worker* below = nullptr;                              ///< In idle_.
    detail::adaptive_spin spin;
    std::thread thread;
    std::uint64_t rested_at = 0;  ///< How many jobs it had begun when it had no more.
    detail::job_batch batch;      ///< What it has claimed, as the runner of the express.
  };
  /// Threads that wait for a call, linked in themselves. No thread safety of its own.
  class worker_stack {
   public:
    [[nodiscard]] bool empty() const noexcept { return top_ == nullptr; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] worker* top() const noexcept { return top_; }
    void push(worker& w) noexcept {
      w.below = top_;
      top_ = &w;
      ++size_;
    }
    /// Requires that it is there.
    void erase(const worker& w) noexcept {
      worker** link = &top_;
      while (*link != &w) link = &(*link)->below;
      *link = w.below;
      --size_;
    }

   private:
    worker* top_ = nullptr;
    std::size_t size_ = 0;
  };
  using worker_list = std::list<worker>;
  using pool_lock = std::unique_lock<detail::spinning_mutex>;
  /// Whether some thread will come for a job, and the word to wake it by if it sleeps.
  struct called {
    bool found = false;
    const void* sleeps_on = nullptr;

    void wake() const noexcept;
  };

  void work(worker_list::iterator self) noexcept;
  void run_next(detail::job& j, worker& self, pool_lock& lock) noexcept;
  void call_and_post(detail::job& j, pool_lock& lock) noexcept;
  bool wait_for_work(worker& self, pool_lock& lock) noexcept;
  void sleep(worker& self, std::chrono::steady_clock::time_point until) noexcept;
  [[nodiscard]] std::size_t working() const noexcept;
  [[nodiscard]] bool has_processor_to_spare() const noexcept;
  [[nodiscard]] called call_idle() noexcept;
  void start_thread();
  [[nodiscard]] called find_thread(const detail::job& j);
  [[nodiscard]] bool queue_behind_blocked(detail::job& j);

  // The threads that block.
  [[nodiscard]] bool is_blocked() const noexcept;
  void add_blocked(detail::blocked_call& call) noexcept;
  void remove_blocked(detail::blocked_call& call) noexcept;
  bool serve_queue(std::size_t jobs) noexcept;
  void refuse_unserved(detail::work_queue& refused) noexcept;

  // The express.
  void judge(worker& self, std::chrono::steady_clock::duration taken) noexcept;
  void begin_express(worker& self) noexcept;
  void end_express() noexcept;
  void watch_express(worker& self, pool_lock& lock) noexcept;
  void call_runner() noexcept;
  static void call_runner_of(void* pool) noexcept;
  bool run_express(worker& self, pool_lock& lock) noexcept;
  [[nodiscard]] bool claim(detail::job_batch& batch) noexcept;
  void give_ring(event_loop* home) noexcept;
  void run_batch(worker& self, pool_lock& lock) noexcept;
  bool rest_express(worker& self, pool_lock& lock) noexcept;
  void keep_finished(event_loop* home, const detail::finished_row& row) noexcept;
  void take_batch_back() noexcept;
  void post_finished() noexcept;

  const executor_options options_;
  // In the list of all pools, guarded by its mutex.
  thread_pool* next_pool_ = nullptr;
  thread_pool** pool_link_ = nullptr;
  // In the order in which lines of memory go from one processor to the other: with the mutex what
  // each call changes, then what most only look at.
  alignas(64) mutable detail::spinning_mutex mutex_;
  // Threads that have ended a call and are on their way to the queue; not guarded.
  std::atomic<unsigned> returning_{0};
  // All below are guarded by mutex_, and so are inbox and ring, but for a push; these are open
  // while runner_ is set.
  unsigned short_row_ = 0;     // Samples in a row of calls that were short and not alone.
  std::uint64_t taken_ = 0;    // Jobs, ever, but for those of the express.
  detail::job_queue queue_;    // Past `max_queue` are those that wait for room.
  worker_stack idle_;          // The one that became idle last on top.
  worker* runner_ = nullptr;   // Who takes all jobs, in the express.
  worker* watcher_ = nullptr;  // Who watches it.
  worker_list workers_;
  worker_list retired_;
  // The innermost call of each thread that blocks, and how many these are.
  detail::blocked_call* blocked_calls_ = nullptr;
  std::size_t blocked_ = 0;
  thread_pool* next_still_ = nullptr;  // Of those that a look at many keeps as they are.
  bool closed_ = false;
  bool in_place_ = false;
  bool is_turn_of_ring_ = false;
  unsigned alone_row_ = 0;  // How often in a row the runner was woken for one job alone.
  // Who waits for what the runner has called, all at one home.
  detail::finished_row finished_;
  event_loop* finished_home_ = nullptr;
  std::uint64_t finished_count_ = 0;  // Jobs that were called since, at the most.
};

}  // namespace smartasync
