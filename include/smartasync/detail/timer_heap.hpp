// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "smartasync/detail/suspended.hpp"

namespace smartasync::detail {

using deadline = std::chrono::steady_clock::time_point;

/// A coroutine that waits for a deadline.
struct timer : suspended {
  static constexpr std::size_t idle = static_cast<std::size_t>(-1);
  std::size_t index = idle;  ///< Its place in the heap.
};

/// The timers of a loop, the earliest first: a heap of four children to a node, with the keys
/// beside the pointers so that a comparison stays in the array. Equal deadlines come out in any
/// order.
class timer_heap {
 public:
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  /// The earliest deadline. Requires `!empty()`.
  [[nodiscard]] deadline earliest() const noexcept { return entries_.front().when; }

  /// Throws `std::bad_alloc`. Requires that the timer is in no heap.
  void insert(timer& t, deadline when);
  /// Takes out any timer of this heap.
  void erase(timer& t) noexcept;
  /// Takes out the earliest. Requires `!empty()`.
  timer& pop() noexcept;

 private:
  struct entry {
    deadline when;
    timer* what;
  };

  void place(std::size_t at, entry e) noexcept;
  void sift_up(std::size_t at, entry e) noexcept;
  void sift_down(std::size_t at, entry e) noexcept;

  std::vector<entry> entries_;
};

}  // namespace smartasync::detail
