// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "smartasync/detail/asymmetric_fence.hpp"
#include "smartasync/detail/job_inbox.hpp"

namespace smartasync::detail {

/// The way into an executor for the jobs of one loop, beside the inbox that all others use: neither
/// a lock nor an atomic step, which waits until all that was written before it has reached memory.
///
/// It belongs to one loop until that ends, so that only its thread pushes. A push writes the job
/// and then looks whether the ring is open and its taker awake; who shuts it or falls asleep says
/// so and then looks for jobs. Between the two of each is an asymmetric fence, so that one sees the
/// other, and a push that comes too late is told.
///
/// Orders of memory: what a job carries goes from the push (release) to whoever takes it (acquire).
/// The state carries nothing, hence `relaxed` everywhere else.
///
/// Thread safety: `push()` on the thread of the loop that is given to it, `empty()` from any
/// thread; all else under the executor's lock.
class job_ring {
 public:
  static constexpr std::size_t capacity = 1024;
  using answer = job_inbox::answer;

  /// `refused` where the ring is not this loop's, is shut, or is full.
  answer push(job& j, const event_loop& home) noexcept {
    const std::uintptr_t mine = word_of(home);
    // Acquire: pairs with the release in open(), for what an owner before this one has left.
    if ((state_.load(std::memory_order_acquire) & ~any_sleep) != mine) return answer::refused;
    const std::size_t at = pushed_.load(std::memory_order_relaxed);
    if (at == full_at_) [[unlikely]] {
      // Acquire: pairs with the release in take(): the slots are read.
      full_at_ = taken_.load(std::memory_order_acquire) + capacity;
      if (at == full_at_) return answer::refused;
    }
    slots_[at % capacity] = &j;
    // Release: pairs with the acquire in count().
    pushed_.store(at + 1, std::memory_order_release);
    asymmetric_fence_light();  // Pairs with the heavy ones in shut() and fall_asleep().
    const std::uintptr_t seen = state_.load(std::memory_order_relaxed);
    if (seen == mine) [[likely]]
      return answer::taken;
    return pushed_late(seen, mine);
  }

  /// True when there is no job in it.
  [[nodiscard]] bool empty() const noexcept {
    return pushed_.load(std::memory_order_relaxed) == taken_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::size_t size() const noexcept { return count(); }

  /// Takes back what was answered by `left_behind`: false when it is not there any more, but on its
  /// way to a thread. On the thread that has pushed it.
  [[nodiscard]] bool retract(const job& j) noexcept {
    const std::size_t last = pushed_.load(std::memory_order_relaxed) - 1;
    if (empty() || slots_[last % capacity] != &j) return false;
    pushed_.store(last, std::memory_order_relaxed);
    return true;
  }

  /// Whose it is; null where it is nobody's.
  [[nodiscard]] event_loop* owner() const noexcept { return owner_; }
  /// Gives it to a loop. Requires that it is nobody's.
  void give(event_loop& home) noexcept { owner_ = &home; }
  /// Its loop ends: it has pushed for the last time, and waits for nothing.
  void give_back() noexcept {
    owner_ = nullptr;
    state_.store(nobody, std::memory_order_relaxed);
  }

  /// Opens it for a taker that is awake, if it is somebody's.
  void open() noexcept {
    if (owner_ != nullptr) state_.store(word_of(*owner_), std::memory_order_release);
  }
  /// Shuts it. Jobs may be in it, and a push that is under way may leave one there, but is told.
  void shut() noexcept {
    if (owner_ == nullptr) return;
    state_.store(word_of(*owner_) | is_shut, std::memory_order_relaxed);
    asymmetric_fence_heavy();  // Pairs with the light one in push().
  }

  /// Takes the oldest jobs, as many as there is room for; returns how many.
  std::size_t take(std::span<work_item*> room) noexcept {
    const std::size_t many = std::min(count(), room.size());
    const std::size_t from = taken_.load(std::memory_order_relaxed);
    for (std::size_t i = 0; i != many; ++i) room[i] = slots_[(from + i) % capacity];
    // Release: pairs with the acquire in push().
    taken_.store(from + many, std::memory_order_release);
    return many;
  }
  /// Moves all to the end of the queue.
  void take(job_queue& queue) noexcept {
    std::size_t at = taken_.load(std::memory_order_relaxed);
    for (std::size_t left = count(); left != 0; --left) {
      queue.push(static_cast<job&>(*slots_[at++ % capacity]));
    }
    taken_.store(at, std::memory_order_release);  // As above.
  }

  /// From now on a push says that the thread must be woken: soon, where it is watched. False when
  /// there is a job. Requires that it is open, if it is somebody's.
  bool fall_asleep(bool is_watched) noexcept {
    if (owner_ == nullptr) return true;
    const std::uintptr_t mark = word_of(*owner_) | (is_watched ? asleep_and_watched : asleep);
    // It may say so already, when the thread was woken for the inbox.
    if (state_.load(std::memory_order_relaxed) != mark) {
      state_.store(mark, std::memory_order_relaxed);
      asymmetric_fence_heavy();  // Pairs with the light one in push().
    }
    if (empty()) return true;
    open();
    return false;
  }

 private:
  // What the state says beside the address of the owner.
  static constexpr std::uintptr_t asleep = 1;
  static constexpr std::uintptr_t asleep_and_watched = 2;
  static constexpr std::uintptr_t any_sleep = asleep | asleep_and_watched;
  static constexpr std::uintptr_t is_shut = 4;
  static constexpr std::uintptr_t nobody = is_shut;

  static std::uintptr_t word_of(const event_loop& home) noexcept {
    return reinterpret_cast<std::uintptr_t>(&home);
  }

  /// The job is in the ring, where its taker may not look again. One push takes the mark of a
  /// sleeper.
  answer pushed_late(std::uintptr_t seen, std::uintptr_t mine) noexcept {
    while ((seen & is_shut) == 0) {
      if (seen == mine) return answer::taken;
      if (state_.compare_exchange_weak(seen, mine, std::memory_order_relaxed)) {
        return (seen & asleep) != 0 ? answer::wakes_taker : answer::wakes_taker_soon;
      }
    }
    return answer::left_behind;
  }

  [[nodiscard]] std::size_t count() const noexcept {
    // Acquire: pairs with the release in push().
    return pushed_.load(std::memory_order_acquire) - taken_.load(std::memory_order_relaxed);
  }

  std::array<work_item*, capacity> slots_;
  // The owner's; others read the first.
  alignas(64) std::atomic<std::size_t> pushed_{0};
  std::size_t full_at_ = capacity;
  // Written with the lock, but for the mark of a sleeper.
  alignas(64) std::atomic<std::uintptr_t> state_{nobody};
  std::atomic<std::size_t> taken_{0};
  event_loop* owner_ = nullptr;
};

}  // namespace smartasync::detail
