// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>

#include "smartasync/detail/scope.hpp"

namespace smartasync::detail {

/// A thread that blocks until a chain of awaits has ended on a loop. While it blocks, an executor
/// whose thread it is may let it run jobs of that chain, so that a pool never waits for itself.
///
/// Life: on the stack of the thread that blocks. Who calls `finish()` or `poke()` touches nothing
/// of it once the word is set; a system call that comes late wakes nobody or wakes for nothing.
class blocked_waiter {
 public:
  /// `where`: the executor whose thread this is, null for a plain thread.
  explicit blocked_waiter(executor* where) noexcept : where_(where) {}
  blocked_waiter(const blocked_waiter&) = delete;
  blocked_waiter& operator=(const blocked_waiter&) = delete;

  [[nodiscard]] executor* where() const noexcept { return where_; }
  /// The scope of the chain that it waits for; set before anything can be submitted by that chain.
  void wait_for(const scope& chain) noexcept { chain_ = &chain; }
  /// True when `j`'s work is part of what this thread waits for.
  [[nodiscard]] bool waits_for(const scope* submitter) const noexcept {
    return chain_ != nullptr && chain_->encloses(submitter);
  }

  /// True when this thread runs jobs while it blocks, false when it has a loop to run instead.
  [[nodiscard]] bool helps() const noexcept { return chain_ != nullptr; }
  /// True when it would take a job at once. Under the executor's lock, as `set_busy()`.
  [[nodiscard]] bool may_take() const noexcept { return helps() && !busy_; }
  /// Says whether it is running a job that it took.
  void set_busy(bool now) noexcept { busy_ = now; }

  /// Ends the wait. From any thread.
  void finish() noexcept { set(finished_bit); }
  /// Makes the thread look for a job again. From any thread, while the wait is known to last.
  void poke() noexcept { set(poked_bit); }

  /// Blocks until `finish()` (true) or `poke()` (false).
  bool wait() noexcept;

 private:
  static constexpr std::uint32_t poked_bit = 1;
  static constexpr std::uint32_t finished_bit = 2;

  void set(std::uint32_t bit) noexcept;

  std::atomic<std::uint32_t> word_{0};
  executor* where_;
  const scope* chain_ = nullptr;
  bool busy_ = false;
};

}  // namespace smartasync::detail
