// SPDX-License-Identifier: MIT
#pragma once

#include <stop_token>

namespace smartasync {

/// The token of the chain of calls that runs now, in a coroutine or in a call that it offloaded:
/// stopped when the chain is cancelled. Outside of any chain, one that never stops. A callback on
/// it runs on the chain's loop, or at once where it is already stopped. Throws `std::bad_alloc`.
[[nodiscard]] std::stop_token current_stop_token();

}  // namespace smartasync
