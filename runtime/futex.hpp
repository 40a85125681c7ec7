// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

namespace smartasync::detail {

/// Blocks while `*word` is `expected`, until a wake, a signal, or `until` (`max()`: no deadline).
/// Returns for any of these and for none: look at the word again. False when the deadline passed.
bool futex_wait(const void* word, std::uint32_t expected,
                std::chrono::steady_clock::time_point until) noexcept;

/// Wakes one thread that waits on the address, which is never read: the word may be gone already,
/// and then a stranger wakes for nothing. Fit for signal handlers.
void futex_wake_one(const void* word) noexcept;

}  // namespace smartasync::detail
