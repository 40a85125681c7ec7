// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace smartasync::detail {

/// The place under a number of note_call_place(): who called the entry of `function`. Throws
/// `std::bad_alloc`.
[[nodiscard]] std::string call_place_text(std::uint32_t place, const char* function);

/// True at the first call for this place.
[[nodiscard]] bool first_report_of(std::uint32_t place) noexcept;

}  // namespace smartasync::detail
