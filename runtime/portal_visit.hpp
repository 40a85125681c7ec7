// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

#include "smartasync/detail/blocked_waiter.hpp"
#include "smartasync/detail/scope.hpp"

namespace smartasync::detail {

/// A thread that waits in `portal::call()`: it counts as blocked where it is an executor's, makes
/// calls of what it waits for, and is seen by who looks for calls that wait for each other.
///
/// Life: shared by the thread and by what it has submitted, which goes on without the thread where
/// the portal is closed before it has ended: then `finish()` is called first, and `end()` later.
class portal_visit : public blocked_waiter {
 public:
  /// True where this thread holds something that others may wait for: for no other is it made.
  [[nodiscard]] static bool is_due() noexcept;
  /// On the thread that is about to wait.
  portal_visit() noexcept;

  /// What is submitted runs in a scope under this one.
  [[nodiscard]] scope& chain() noexcept { return chain_; }

  /// On the thread, when it has waited: what goes on without it is no part of its chain of calls.
  void leave() noexcept;
  /// What was submitted has ended, and waits for nothing any more. From any thread.
  void end() noexcept;

 private:
  scope chain_;
  std::atomic<bool> ended_{false};
};

}  // namespace smartasync::detail
