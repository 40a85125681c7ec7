// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace smartasync::detail {

/// Remembers the place in the program where it is called from, and gives a number for it: the same
/// for the same place, never 0. 0 where nothing is watched and `always` is not set, or memory is
/// short.
[[nodiscard, gnu::noinline]] std::uint32_t note_call_place(bool always) noexcept;

}  // namespace smartasync::detail
