// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace smartasync::detail {

// The trace of SMARTASYNC_TRACE=file, in the Chrome trace-event format; nothing is done where that
// is not set. On the thread that an event belongs to. Buffered by each thread.

using trace_time = std::chrono::steady_clock::time_point;

/// A span on this thread's lane.
void trace_slice(std::string_view name, const char* category, trace_time begin,
                 trace_time end) noexcept;

/// Begins an arrow in the span that this thread is in; gives what its end must be given, or 0.
[[nodiscard]] std::uint64_t trace_flow_begin() noexcept;
/// Ends it here; 0 is no arrow.
void trace_flow_end(std::uint64_t flow) noexcept;

/// A span that may begin and end anywhere and overlap others: a lane of its own in the viewers.
/// Gives what its end must be given, or 0.
[[nodiscard]] std::uint64_t trace_begin(std::string_view name) noexcept;
void trace_end(std::uint64_t span, std::string_view name) noexcept;

}  // namespace smartasync::detail
