// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "smartasync/detail/suspended.hpp"

namespace smartasync::detail {

using deadline = std::chrono::steady_clock::time_point;

/// A coroutine that waits for a deadline.
struct timer : suspended {
  static constexpr std::uint32_t idle = static_cast<std::uint32_t>(-1);
  std::uint32_t slot = idle;  ///< Its place in the table of the heap.
};

/// The timers of a loop, the earliest first: a heap of four children to a node. Its entries hold
/// the keys, so that a comparison stays in the array, and the number of a slot, so that an entry
/// that moves writes nothing to its timer: with many timers each such write would miss the caches.
/// What is taken out leaves an entry behind, which goes when it comes to the top, or when such
/// entries are the more. Equal deadlines come out in any order.
class timer_heap {
 public:
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size() - left_behind_; }
  /// The earliest deadline. Requires `!empty()`.
  [[nodiscard]] deadline earliest() const noexcept { return entries_.front().when; }

  /// Throws `std::bad_alloc`. Requires that the timer is in no heap.
  void insert(timer& t, deadline when);
  /// Takes out any timer of this heap.
  void erase(timer& t) noexcept;
  /// Takes out the earliest. The caller makes its `slot` idle: the timer is not touched here, so
  /// that who takes many can have them fetched all at once. Requires `!empty()`.
  timer& pop() noexcept;

 private:
  struct entry {
    deadline when;
    std::uint32_t slot;
  };
  /// A timer; null for one that was taken out; of a free slot, the next free one.
  union slot {
    timer* what;
    std::uintptr_t next_free;
  };

  void sift_up(std::size_t at, entry e) noexcept;
  void sift_down(std::size_t at, entry e) noexcept;
  void drop_first() noexcept;
  void drop_what_is_left_behind() noexcept;

  std::vector<entry> entries_;
  std::vector<slot> slots_;
  std::uint32_t free_ = timer::idle;
  std::size_t left_behind_ = 0;
};

}  // namespace smartasync::detail
