// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "smartasync/detail/job_queue.hpp"

namespace smartasync::detail {

/// The way into an executor for jobs that one thread alone takes: one atomic step for each, no
/// lock. While it is shut, jobs are refused.
///
/// One word has it all: shut, asleep (empty, and its taker sleeps), asleep and watched, null
/// (empty, and its taker is awake), or the newest of a stack of jobs. Only pushes change it without
/// the lock, each from what it has seen. That the word may have been something else meanwhile does
/// no harm: a job on top of the stack is there with all that was under it, or was taken and is
/// there again, alone.
///
/// Orders of memory: what a job carries goes from the push (release) to whoever takes or counts the
/// jobs (acquire). One acquire is enough for the whole stack, for each push is a step that reads
/// the one before and so continues its release. The marks carry nothing: a push that finds one
/// touches its own job alone, and takes the lock before it looks at anything of the executor; hence
/// `relaxed` everywhere else.
///
/// Thread safety: `push()` and `empty()` from any thread; all else under the executor's lock.
class job_inbox {
 public:
  enum class answer {
    refused,           ///< It is shut: the job was not taken.
    taken,             ///< The thread will look here.
    wakes_taker,       ///< Taken; the caller must wake the thread that takes them.
    wakes_taker_soon,  ///< The same, but others will do if the caller is late.
    left_behind,       ///< Taken, or left in a ring that is shut: `job_ring::retract()` tells.
  };

  answer push(job& j) noexcept {
    work_item* seen = word_.load(std::memory_order_relaxed);
    do {
      if (seen == shut()) return answer::refused;
      j.next = is_mark(seen) ? nullptr : seen;
      // Release: pairs with the acquire in take(), close() and size().
    } while (!word_.compare_exchange_weak(seen, &j, std::memory_order_release,
                                          std::memory_order_relaxed));
    if (!is_mark(seen)) [[likely]]
      return answer::taken;
    return seen == asleep() ? answer::wakes_taker : answer::wakes_taker_soon;
  }

  /// True when there is no job in it.
  [[nodiscard]] bool empty() const noexcept {
    return !is_job(word_.load(std::memory_order_relaxed));
  }

  [[nodiscard]] std::size_t size() const noexcept {
    std::size_t count = 0;
    // Acquire: pairs with the release in push(), which wrote the links.
    const work_item* item = word_.load(std::memory_order_acquire);
    for (; is_job(item); item = item->next) ++count;
    return count;
  }

  /// Opens it for a thread that is awake.
  void open() noexcept { word_.store(nullptr, std::memory_order_relaxed); }

  /// Shuts it; what was in it goes to the end of `queue`.
  void close(job_queue& queue) noexcept {
    // Acquire: pairs with the release in push().
    work_item* const newest = word_.exchange(shut(), std::memory_order_acquire);
    if (is_job(newest)) queue.append_stack(*newest);
  }

  /// The newest of the jobs in it, linked from the newest to the oldest; null where there is none.
  [[nodiscard]] work_item* take() noexcept {
    // Only a push changes the word meanwhile, and never from a job to anything but a job.
    // Acquire: pairs with the release in push().
    return empty() ? nullptr : word_.exchange(nullptr, std::memory_order_acquire);
  }

  /// From now on a push says that the thread must be woken: soon, where it is watched. False when
  /// there is a job. Asleep it may be already, when another took it for its turn and no job has
  /// come since. Requires that it is not shut.
  bool fall_asleep(bool is_watched) noexcept {
    work_item* none = nullptr;
    work_item* const mark = is_watched ? asleep_and_watched() : asleep();
    return word_.compare_exchange_strong(none, mark, std::memory_order_relaxed) || is_mark(none);
  }

 private:
  static work_item* shut() noexcept { return reinterpret_cast<work_item*>(std::uintptr_t{1}); }
  static work_item* asleep() noexcept { return reinterpret_cast<work_item*>(std::uintptr_t{3}); }
  static work_item* asleep_and_watched() noexcept {
    return reinterpret_cast<work_item*>(std::uintptr_t{5});
  }
  /// Marks are odd, addresses are not.
  static bool is_mark(const work_item* word) noexcept {
    return reinterpret_cast<std::uintptr_t>(word) % 2 != 0;
  }
  static bool is_job(const work_item* word) noexcept { return word != nullptr && !is_mark(word); }

  alignas(64) std::atomic<work_item*> word_{shut()};
};

}  // namespace smartasync::detail
