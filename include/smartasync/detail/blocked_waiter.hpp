// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>

#include "smartasync/detail/blocked_call.hpp"

namespace smartasync::detail {

/// A thread that blocks until a chain of awaits has ended on a loop. While it blocks, an executor
/// whose thread it is may let it run jobs of that chain, so that a pool never waits for itself.
///
/// Life: on the stack of the thread that blocks. Who calls `finish()` or `poke()` touches nothing
/// of it once the word is set; a system call that comes late wakes nobody or wakes for nothing.
class blocked_waiter : public blocked_call {
 public:
  /// `does_help`: it does not when it has a loop to run instead.
  blocked_waiter(executor* on, const scope& chain, bool does_help) noexcept
      : blocked_call(on, &chain, does_help) {}

  /// Ends the wait. From any thread.
  void finish() noexcept { set(finished_bit); }
  /// Makes the thread look for a job again. From any thread, while the wait is known to last.
  void poke() noexcept { set(poked_bit); }

  /// Blocks until `finish()` (true) or `poke()` (false).
  bool wait() noexcept;
  /// Blocks until `finish()`; an executor's thread makes the calls that it helps with meanwhile.
  void wait_helping() noexcept;

 private:
  static constexpr std::uint32_t poked_bit = 1;
  static constexpr std::uint32_t finished_bit = 2;

  void set(std::uint32_t bit) noexcept;

  std::atomic<std::uint32_t> word_{0};
};

}  // namespace smartasync::detail
