// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace reliability {

/// The next of a row of numbers, the same row for the same first `state`; the upper bits alone seem
/// random.
inline std::uint64_t next_random(std::uint64_t& state) noexcept {
  state = state * 6364136223846793005U + 1442695040888963407U;
  return state;
}

}  // namespace reliability
