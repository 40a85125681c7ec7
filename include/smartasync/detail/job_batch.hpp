// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "smartasync/detail/job_queue.hpp"

namespace smartasync::detail {

/// Those who wait for jobs that have been called, all at home on one loop, linked from the newest
/// to the oldest; both null where nobody waits.
struct finished_row {
  work_item* newest = nullptr;
  work_item* oldest = nullptr;
};

/// Jobs that a thread has claimed to call one after the other: one atomic step for each, and no
/// lock. Others can take the batch back meanwhile: they get the jobs that were not begun, and who
/// waits for those that were, but for the call that is being made.
///
/// One word counts the jobs that were ever begun. The owner begins one by a step from the count
/// that it knows; who takes the batch back marks the word, and that step fails from then on. So
/// each job is either begun or given back. With the same step the owner gives away what it has
/// called before: it touches that no more, unless it ends the batch itself.
///
/// Each job has a slot, which is emptied when it has been called and nobody waits for it. Slots
/// make a job known before its turn, so that the processor reads ahead what the turn will need;
/// they are 8 KiB.
///
/// Orders of memory: what calls have left goes from `begin_next()` (release) to `take_back()`
/// (acquire). Everything else is handed over with the executor's lock, hence `relaxed`.
///
/// Thread safety: `begin_next()` and `ended()` on the owner's thread; `fill()` and `finish()` there
/// with the executor's lock; all else on any thread with that lock.
class job_batch {
 public:
  static constexpr std::size_t capacity = 1024;

  /// Takes the oldest jobs out of a queue that is not empty: `most` at the most, and those of one
  /// home. Requires that the batch before was finished.
  void fill(job_queue& queue, std::size_t most) noexcept {
    home_ = queue.front()->home;
    shift_ = 0 - end_;
    const std::uint64_t full = end_ + std::min(most, capacity);
    do {
      slot_of(end_++) = queue.pop();
    } while (end_ != full && !queue.empty() && queue.front()->home == home_);
  }

  /// Takes the jobs of a stack, linked from the newest to the oldest, unless they are more than
  /// `most` or not of one home: then it is false, and nothing has happened. Requires that the batch
  /// before was finished.
  [[nodiscard]] bool fill(work_item& newest, std::size_t most) noexcept {
    event_loop* const home = static_cast<job&>(newest).home;
    const std::size_t last_free = capacity - std::min(most, capacity);
    std::size_t oldest = capacity;
    for (work_item* item = &newest; item != nullptr; item = item->next) {
      if (oldest == last_free || static_cast<job*>(item)->home != home) return false;
      slots_[--oldest] = item;
    }
    home_ = home;
    shift_ = oldest - end_;
    end_ += capacity - oldest;
    return true;
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
    if (end_ - next_ > jobs_ahead) read_ahead(slot_of(next_ + jobs_ahead));
    return static_cast<job*>(slot_of(next_++));
  }

  /// The job that was begun last has been called. `is_awaited`: who waits for it is to be posted;
  /// where nobody is, it may be gone.
  void ended(bool is_awaited) noexcept {
    work_item*& slot = slot_of(next_ - 1);
    if (!is_awaited) {
      slot = nullptr;
      return;
    }
    slot->next = row_.newest;
    if (row_.newest == nullptr) row_.oldest = slot;
    row_.newest = slot;
  }

  /// Ends the batch: who waits for what it has called and was not taken.
  [[nodiscard]] finished_row finish() noexcept {
    finished_row mine = row_;
    if (word_.load(std::memory_order_relaxed) % step != 0) {
      work_item* const last = next_ != first_ ? slot_of(next_ - 1) : nullptr;
      mine = {last, last};
    }
    word_.store(next_ * step, std::memory_order_relaxed);
    first_ = end_ = next_;
    row_ = {};
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
    for (std::uint64_t i = end_; i != begun;) queue.push_front(static_cast<job&>(*slot_of(--i)));
    if (begun == first_) return {};
    for (std::uint64_t i = begun - 1; i != first_;) {
      if (work_item* const newest = slot_of(--i)) return {newest, row_.oldest};
    }
    return {};
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

  /// Where those are at home who wait.
  [[nodiscard]] event_loop* home() const noexcept { return home_; }

 private:
  static constexpr std::uint64_t taken_back = 1;
  static constexpr std::uint64_t step = 2;
  /// As many are called while the lines of one come from memory.
  static constexpr std::uint64_t jobs_ahead = 2;
  static constexpr std::size_t lines_of_a_job = 3;

  [[nodiscard]] work_item*& slot_of(std::uint64_t number) noexcept {
    return slots_[number + shift_];
  }

  static void read_ahead(const work_item* item) noexcept {
    const auto* const begin = reinterpret_cast<const char*>(item);
    for (std::size_t i = 0; i != lines_of_a_job; ++i) __builtin_prefetch(begin + i * 64, 1);
  }

  alignas(64) std::atomic<std::uint64_t> word_{0};
  std::uint64_t next_ = 0;  // The owner's: how many it has begun.
  finished_row row_;        // The owner's, but for `oldest` once it was given away.
  // Written with the lock.
  std::uint64_t first_ = 0;
  std::uint64_t end_ = 0;
  std::uint64_t shift_ = 0;  // From the number of a job to its slot.
  event_loop* home_ = nullptr;
  std::array<work_item*, capacity> slots_;
};

}  // namespace smartasync::detail
