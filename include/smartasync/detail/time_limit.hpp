// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace smartasync::detail {

/// How long an operation may take, in the clock's own units: rounded up, and cut to a hundred
/// years, past which a deadline would wrap around.
template <class Rep, class Period>
[[nodiscard]] std::chrono::steady_clock::duration time_limit(std::chrono::duration<Rep, Period> d) {
  using seconds = std::chrono::duration<double>;
  constexpr std::chrono::hours most(24 * 365 * 100);
  if (seconds(d) >= seconds(most)) return most;
  if (seconds(d) <= seconds::zero()) return std::chrono::steady_clock::duration::zero();
  return std::chrono::ceil<std::chrono::steady_clock::duration>(d);
}

}  // namespace smartasync::detail
