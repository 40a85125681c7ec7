// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

#include "smartasync/site.hpp"

namespace smartasync {

/// unawaited_handler is told of a pending call that was dropped without having been awaited: its
/// function never ran.
using unawaited_handler = void (*)(const site& dropped);

/// set_unawaited_handler() replaces the report on stderr, which is made once for each function;
/// `handler` is called every time, on the thread that dropped the call, and must not throw. A null
/// pointer brings the report back. Returns the handler that was set before, or null.
/// Thread safety: any thread, at any time.
unawaited_handler set_unawaited_handler(unawaited_handler handler) noexcept;

namespace detail {

void report_unawaited(const site& dropped, std::atomic_flag& reported) noexcept;

/// Once for each function, so that a loop does not flood the terminal.
template <class Function>
void report_unawaited() noexcept {
  static constinit std::atomic_flag reported;
  report_unawaited(Function::site, reported);
}

}  // namespace detail
}  // namespace smartasync
