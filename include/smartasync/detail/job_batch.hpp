// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "smartasync/detail/job_queue.hpp"

namespace smartasync::detail {

/// Those who wait for jobs that have been called, all at home on one loop, linked from the newest
/// to the oldest; both null where nobody waits.
struct finished_row {
  work_item* newest = nullptr;
  work_item* oldest = nullptr;
};

/// Jobs that a thread has taken out of a queue to call one after the other: one atomic step for
/// each, and no lock. Others can take the batch back meanwhile: they get the jobs that were not
/// begun, and who waits for those that were, but for the call that is being made.
///
/// One word counts the jobs that were ever begun. The owner begins one by a step from the count
/// that it knows; who takes the batch back marks the word, and that step fails from then on. So
/// each job is either begun or given back. With the same step the owner gives away what it has
/// called before: it touches that no more, unless it ends the batch itself.
///
/// Orders of memory: what calls have left goes from `begin_next()` (release) to `take_back()`
/// (acquire). Everything else is handed over with the executor's lock, hence `relaxed`.
///
/// Thread safety: `begin_next()` and `ended()` on the owner's thread; `fill()` and `finish()` there
/// with the executor's lock; all else on any thread with that lock.
class job_batch {
 public:
  static constexpr std::size_t capacity = 64;

  /// Takes the oldest jobs out of a queue that is not empty: `most` at the most, and those of one
  /// home. Requires that the batch before was finished.
  void fill(job_queue& queue, std::size_t most) noexcept {
    home_ = queue.front()->home;
    do {
      jobs_[end_++ % capacity] = queue.pop();
    } while (end_ - first_ != most && !queue.empty() && queue.front()->home == home_);
  }

  /// The job to be called next; null when there is none any more.
  [[nodiscard]] job* begin_next() noexcept {
    if (next_ == end_) return nullptr;
    std::uint64_t known = next_ * step;
    // Release: pairs with the acquire in take_back().
    if (!word_.compare_exchange_strong(known, known + step, std::memory_order_release,
                                       std::memory_order_relaxed)) {
      return nullptr;
    }
    return jobs_[next_++ % capacity];
  }

  /// The job that was begun last has been called; `waiter`, where there is one, waits for it.
  void ended(work_item* waiter) noexcept {
    last_ = waiter;
    if (waiter != nullptr) {
      waiter->next = row_.newest;
      if (row_.newest == nullptr) row_.oldest = waiter;
      row_.newest = waiter;
    }
    newest_[(next_ - 1) % capacity] = row_.newest;
  }

  /// Ends the batch: who waits for what it has called and was not taken.
  [[nodiscard]] finished_row finish() noexcept {
    const bool was_taken_back = word_.load(std::memory_order_relaxed) % step != 0;
    const finished_row mine = was_taken_back ? finished_row{last_, last_} : row_;
    word_.store(next_ * step, std::memory_order_relaxed);
    first_ = end_ = next_;
    row_ = {};
    last_ = nullptr;
    return mine;
  }

  /// Puts the jobs that were not begun in front of the queue. Returns who waits for those that were
  /// called before the last one.
  [[nodiscard]] finished_row take_back(job_queue& queue) noexcept {
    if (first_ == end_) return {};  // There is no batch: a mark would be one on the next.
    // Acquire: pairs with the release in begin_next().
    const std::uint64_t word = word_.fetch_or(taken_back, std::memory_order_acquire);
    if (word % step != 0) return {};
    const std::uint64_t begun = word / step;
    for (std::uint64_t i = end_; i != begun; --i) queue.push_front(*jobs_[(i - 1) % capacity]);
    if (begun - first_ < 2) return {};
    work_item* const newest = newest_[(begun - 2) % capacity];
    return newest != nullptr ? finished_row{newest, row_.oldest} : finished_row{};
  }

  /// How many jobs were ever begun.
  [[nodiscard]] std::uint64_t begun() const noexcept {
    return word_.load(std::memory_order_relaxed) / step;
  }
  /// How many wait in it. One may be begun meanwhile.
  [[nodiscard]] std::size_t size() const noexcept {
    const std::uint64_t word = word_.load(std::memory_order_relaxed);
    return word % step != 0 ? 0 : end_ - word / step;
  }
  /// True when the job waits in it. It may be begun meanwhile.
  [[nodiscard]] bool holds(const job& j) const noexcept {
    for (std::size_t left = size(); left != 0; --left) {
      if (jobs_[(end_ - left) % capacity] == &j) return true;
    }
    return false;
  }

  /// Where those are at home who wait.
  [[nodiscard]] event_loop* home() const noexcept { return home_; }

 private:
  static constexpr std::uint64_t taken_back = 1;
  static constexpr std::uint64_t step = 2;

  alignas(64) std::atomic<std::uint64_t> word_{0};
  std::uint64_t next_ = 0;     // The owner's: how many it has begun.
  finished_row row_;           // The owner's, but for `oldest` once it was given away.
  work_item* last_ = nullptr;  // The owner's.
  // Written with the lock.
  std::uint64_t first_ = 0;
  std::uint64_t end_ = 0;
  event_loop* home_ = nullptr;
  std::array<job*, capacity> jobs_;
  // By job: who waits for it and those before it, the newest.
  std::array<work_item*, capacity> newest_;
};

}  // namespace smartasync::detail
