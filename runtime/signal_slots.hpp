// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "smartasync/detail/signal_target.hpp"

namespace smartasync::detail {

/// From now on `target` is told of these signals. Throws `std::system_error`, `std::length_error`.
[[nodiscard]] signal_slot* open_signal_slot(signal_target& target, const std::vector<int>& signals);

/// Ends that, and puts back what was installed before when no other slot needs the signal. When
/// this returns no signal handler uses the target any more.
void close_signal_slot(signal_slot& slot) noexcept;

}  // namespace smartasync::detail
