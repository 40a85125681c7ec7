// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "smartasync/site.hpp"

namespace smartasync {

/// unawaited_handler is told of a pending call that was dropped without having been awaited: its
/// function never ran.
using unawaited_handler = void (*)(const site& dropped);

/// set_unawaited_handler() replaces the report on stderr, which is made once for each function (in
/// debug mode: for each place where such a call is made, which it then names, whether a handler is
/// set or not);
/// `handler` is called every time, on the thread that dropped the call, and must not throw. A null
/// pointer brings the report back. Returns the handler that was set before, or null.
/// Thread safety: any thread, at any time.
unawaited_handler set_unawaited_handler(unawaited_handler handler) noexcept;

namespace detail {

/// Once for each function, so that a loop does not flood the terminal. `place`: of
/// note_call_place(), or 0.
void report_unawaited(const site& dropped, std::uint32_t place) noexcept;

}  // namespace detail
}  // namespace smartasync
