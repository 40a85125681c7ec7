// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

namespace smartasync::detail {

// What is unusual in this process: bits of one word, so that a stub asks once for all of it.
inline constexpr unsigned mode_debug = 1;      ///< SMARTASYNC_DEBUG
inline constexpr unsigned mode_trace = 2;      ///< SMARTASYNC_TRACE
inline constexpr unsigned mode_unread = 4;     ///< Nobody has asked for these two yet.
inline constexpr unsigned mode_detectors = 8;  ///< Foreign loops can be detected.

/// Relaxed: it publishes nothing. Its bits change once each.
extern constinit std::atomic<unsigned> modes_word;

/// All that the hot paths ask, one load; 0 where there is nothing to ask further.
[[nodiscard]] inline unsigned modes_now() noexcept {
  return modes_word.load(std::memory_order_relaxed);
}

/// False where nothing is watched. True, too, before the environment was read; who comes through
/// asks `modes()`.
[[nodiscard]] inline bool watching() noexcept { return (modes_now() & ~mode_detectors) != 0; }

/// Debug mode and trace. Reads the environment at the first call. From any thread.
[[nodiscard]] unsigned modes() noexcept;

}  // namespace smartasync::detail
