// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "smartasync/detail/asymmetric_fence.hpp"
#include "smartasync/detail/fetch.hpp"
#include "smartasync/detail/job_queue.hpp"
#include "smartasync/detail/job_ring.hpp"

namespace smartasync::detail {

/// Those who wait for jobs that have been called, all at home on one loop, linked from the oldest
/// to the newest; both null where nobody waits.
struct finished_row {
  work_item* oldest = nullptr;
  work_item* newest = nullptr;
};

/// Jobs that a thread has claimed to call one after the other, without a lock or an atomic step.
/// Others can take the batch back meanwhile: they get the jobs that were not begun, and who waits
/// for those that were, but for the call that is being made.
///
/// One word counts the jobs that were ever begun: the owner counts a job and looks whether the
/// batch is revoked, before it calls it; who takes the batch back revokes it and looks at the
/// count. Between the two of each is an asymmetric fence, so that one sees the other. An owner that
/// sees it leaves the job alone: it learns under the lock on which side it was counted. With the
/// count the owner gives away what it has called before: it touches that no more, unless it ends
/// the batch itself.
///
/// Each job has a slot, so that the next one is known before its turn: the processor reads ahead
/// what it will need, and the job before it is linked with it as soon as it has been called. Slots
/// are 8 KiB. All jobs are at home on one loop; where they are on none, nobody waits for any.
///
/// Orders of memory: what calls have left goes from `begin_next()` (release) to `take_back()`
/// (acquire). Everything else is handed over with the executor's lock, hence `relaxed`.
///
/// Thread safety: `begin_next()` and `ended()` on the owner's thread; `fill()` and `finish()` there
/// with the executor's lock; all else on any thread with that lock.
class job_batch {
 public:
  static constexpr std::size_t capacity = 1024;

  job_batch() noexcept = default;
  job_batch(const job_batch&) = delete;
  job_batch& operator=(const job_batch&) = delete;

  /// Takes the oldest jobs out of a queue that is not empty: `most` at the most, and those of one
  /// home. Requires that the batch before was finished.
  void fill(job_queue& queue, std::size_t most) noexcept {
    home_ = queue.front()->home;
    begin_at(slots_.data());
    work_item* const* const full = end_ + std::min(most, capacity);
    do {
      *end_++ = queue.pop();
    } while (end_ != full && !queue.empty() && queue.front()->home == home_);
  }

  /// Takes the jobs of a stack, linked from the newest to the oldest, unless they are more than
  /// `most` or not of one home: then it is false, and nothing has happened. Requires that the batch
  /// before was finished.
  [[nodiscard]] bool fill(work_item& newest, std::size_t most) noexcept {
    event_loop* const home = static_cast<job&>(newest).home;
    work_item** const end = slots_.data() + capacity;
    work_item* const* const last_free = end - std::min(most, capacity);
    work_item** oldest = end;
    for (work_item* item = &newest; item != nullptr; item = item->next) {
      if (oldest == last_free || static_cast<job*>(item)->home != home) return false;
      *--oldest = item;
    }
    home_ = home;
    begin_at(oldest);
    end_ = end;
    return true;
  }

  /// Takes the oldest jobs of a ring, `most` at the most; false where there is none. Requires that
  /// the batch before was finished.
  [[nodiscard]] bool fill(job_ring& ring, std::size_t most) noexcept {
    begin_at(slots_.data());
    end_ += ring.take(std::span(slots_).first(std::min(most, capacity)));
    home_ = ring.owner();
    return first_ != end_;
  }

  /// The job to be called next; null when there is none any more.
  [[nodiscard]] job* begin_next() noexcept {
    work_item** const slot = next_;
    if (slot == end_) return nullptr;
    // Release: pairs with the acquire in take_back().
    begun_.store(known_ + 1, std::memory_order_release);
    asymmetric_fence_light();  // Pairs with the heavy one in take_back().
    if (is_revoked_.load(std::memory_order_relaxed)) [[unlikely]]
      return nullptr;
    ++known_;
    next_ = slot + 1;
    if (end_ - slot > jobs_ahead) fetch_to_write(slot[jobs_ahead]);
    return static_cast<job*>(*slot);
  }

  /// The job that was begun last has been called; where nobody waits for it, it may be gone.
  void ended() noexcept {
    if (home_ == nullptr || next_ == end_) return;
    // Before the next one is begun, from when on another may take who waits for this one.
    auto& called = static_cast<job&>(*next_[-1]);
    called.next = *next_;
    if (end_ - next_ > answers_ahead) called.before = static_cast<job*>(next_[answers_ahead]);
  }

  /// Ends the batch: who waits for what it has called and was not taken. A job that was counted as
  /// begun, but was not called, goes to the front of the queue.
  [[nodiscard]] finished_row finish(job_queue& queue) noexcept {
    work_item* const* oldest = first_;
    if (is_revoked_.load(std::memory_order_relaxed)) {
      // Who has taken the batch back has taken who waits for the calls before the last one.
      if (next_ != first_) oldest = next_ - 1;
      if (begun_when_revoked_ > known_) {
        oldest = next_;  // And for that one, too.
        queue.push_front(static_cast<job&>(**next_));
      }
      is_revoked_.store(false, std::memory_order_relaxed);
      begun_.store(known_, std::memory_order_relaxed);
    }
    const finished_row mine = row_of(oldest, next_);
    begin_at(next_);
    return mine;
  }

  /// Puts the jobs that were not begun in front of the queue. Returns who waits for those that were
  /// called before the last one.
  [[nodiscard]] finished_row take_back(job_queue& queue) noexcept {
    if (first_ == end_) return {};  // There is no batch: it would be the next one.
    if (is_revoked_.load(std::memory_order_relaxed)) return {};
    is_revoked_.store(true, std::memory_order_relaxed);
    asymmetric_fence_heavy();  // Pairs with the light one in begin_next().
    // Acquire: pairs with the release in begin_next().
    begun_when_revoked_ = begun_.load(std::memory_order_acquire);
    work_item* const* const not_begun = slot_of(begun_when_revoked_);
    for (work_item** slot = end_; slot != not_begun;) queue.push_front(static_cast<job&>(**--slot));
    return not_begun != first_ ? row_of(first_, not_begun - 1) : finished_row();
  }

  /// How many jobs were ever begun.
  [[nodiscard]] std::uint64_t begun() const noexcept {
    return begun_.load(std::memory_order_relaxed);
  }
  /// How many wait in it. One may be begun meanwhile.
  [[nodiscard]] std::size_t size() const noexcept {
    if (is_revoked_.load(std::memory_order_relaxed)) return 0;
    return static_cast<std::size_t>(end_ - slot_of(begun()));
  }

  /// Where those are at home who wait.
  [[nodiscard]] event_loop* home() const noexcept { return home_; }

 private:
  /// As many are called while the lines of one come from memory.
  static constexpr std::ptrdiff_t jobs_ahead = 2;
  /// As many others go on, beside the next, while the lines of one come from this processor.
  static constexpr std::ptrdiff_t answers_ahead = 4;

  void begin_at(work_item** slot) noexcept {
    first_ = next_ = end_ = slot;
    known_at_first_ = known_;
  }

  /// That of the first job that was not begun when so many were.
  [[nodiscard]] work_item** slot_of(std::uint64_t begun) const noexcept {
    return first_ + (begun - known_at_first_);
  }

  /// Who waits for these, which have been called.
  [[nodiscard]] finished_row row_of(work_item* const* begin, work_item* const* end) const noexcept {
    if (home_ == nullptr || begin == end) return {};
    return {*begin, end[-1]};
  }

  std::array<work_item*, capacity> slots_;
  // How many jobs were ever begun: written by the owner, and read by who takes the batch back.
  alignas(64) std::atomic<std::uint64_t> begun_{0};
  std::atomic<bool> is_revoked_{false};  // Written with the lock.
  std::uint64_t known_ = 0;              // The owner's: how many it has begun.
  work_item** next_ = slots_.data();     // The owner's.
  // Written with the lock.
  work_item** end_ = slots_.data();
  work_item** first_ = slots_.data();
  std::uint64_t known_at_first_ = 0;
  std::uint64_t begun_when_revoked_ = 0;
  event_loop* home_ = nullptr;
};

}  // namespace smartasync::detail
