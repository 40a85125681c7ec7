// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace smartasync::detail {

class stop_bridge;
struct signal_slot;

/// From now on the first of these signals requests a stop through `bridge`, once for each bridge,
/// and puts their default effect back. Throws `std::system_error`, `std::length_error`.
[[nodiscard]] signal_slot* open_signal_slot(stop_bridge& bridge, const std::vector<int>& signals);

/// Ends that, and puts back what was installed before when no other slot needs the signal. When
/// this returns no signal handler uses the bridge any more.
void close_signal_slot(signal_slot& slot) noexcept;

}  // namespace smartasync::detail
