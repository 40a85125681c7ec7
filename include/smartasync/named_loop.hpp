// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "smartasync/event_loop.hpp"

namespace smartasync {

/// The loop of that name. It has a thread of its own, started at first use, which ends with
/// `shutdown()` or at the end of `main`. Throws `loop_closed_error` after that, `std::system_error`
/// when no thread can be started. From any thread.
[[nodiscard]] event_loop& named_loop(std::string_view name);

}  // namespace smartasync
