// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace reliability {

/// The program's operator new, replaced by one that counts and that can be told to fail. Link
/// counted_allocation.cpp.

/// Blocks that are allocated now.
[[nodiscard]] std::ptrdiff_t live_blocks() noexcept;
/// Bytes that were asked for in them.
[[nodiscard]] std::ptrdiff_t live_bytes() noexcept;

/// The n-th allocation from now on (1: the next), on whatever thread, throws std::bad_alloc; only
/// that one.
void fail_allocation(long n) noexcept;
/// Nothing fails from now on. True when the failure was met.
bool stop_failing() noexcept;

}  // namespace reliability
