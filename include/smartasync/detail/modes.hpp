// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

namespace smartasync::detail {

// What is watched in this process: bits of modes().
inline constexpr unsigned mode_debug = 1;   ///< SMARTASYNC_DEBUG
inline constexpr unsigned mode_trace = 2;   ///< SMARTASYNC_TRACE
inline constexpr unsigned mode_unread = 4;  ///< Nobody has asked yet.

/// Relaxed: it publishes nothing, and goes from `mode_unread` to the answer once.
extern constinit std::atomic<unsigned> modes_word;

/// All that the hot paths ask, one load: false where nothing is watched. True, too, before the
/// environment was read; who comes through asks `modes()`.
[[nodiscard]] inline bool watching() noexcept {
  return modes_word.load(std::memory_order_relaxed) != 0;
}

/// Reads the environment at the first call. From any thread.
[[nodiscard]] unsigned modes() noexcept;

}  // namespace smartasync::detail
