// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace smartasync::detail {

/// Gives whole lines to the debug sink.
void report(std::string_view lines) noexcept;

/// `840 us`, `12.3 ms`, `4.20 s`
[[nodiscard]] std::string duration_text(std::chrono::nanoseconds d);

}  // namespace smartasync::detail
