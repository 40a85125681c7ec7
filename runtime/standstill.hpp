// SPDX-License-Identifier: MIT
#pragma once

namespace smartasync {
class thread_pool;
}

namespace smartasync::detail {

/// While it lives nobody enters a lane, leaves one or queues up for one, and the executors whose
/// threads all block stay as they are. Any other executor will come to what is queued there.
///
/// To be made while no lock of a lane or of an executor is held.
class standstill {
 public:
  /// `also`: an executor that stays as it is in any case.
  explicit standstill(const thread_pool* also = nullptr) noexcept : standstill(also, false) {}
  /// Every executor stays as it is, and nobody follows a link from a scope without a home to its
  /// parent: who looks for waiters or circles holds one of these locks, and `task_tree` stops
  /// there.
  struct everything {};
  explicit standstill(everything) noexcept : standstill(nullptr, true) {}
  ~standstill();
  standstill(const standstill&) = delete;
  standstill& operator=(const standstill&) = delete;

  /// The executors that stay as they are, and the next one; null after the last.
  [[nodiscard]] const thread_pool* first_pool() const noexcept { return first_; }
  [[nodiscard]] static thread_pool* after(const thread_pool& one) noexcept;

 private:
  standstill(const thread_pool* also, bool all) noexcept;

  thread_pool* first_ = nullptr;
  thread_pool** end_ = &first_;
};

}  // namespace smartasync::detail
