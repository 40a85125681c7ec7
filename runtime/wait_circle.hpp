// SPDX-License-Identifier: MIT
#pragma once

#include "standstill.hpp"

namespace smartasync::detail {

class scope;
struct job;
struct lane_waiter;

/// False where nobody can wait for `chain`: it is inside no lane and holds no executor's thread.
[[nodiscard]] bool may_close_circle(const scope* chain) noexcept;

// Who is about to wait asks whether the wait would ever end. A call ends a wait that has ended
// itself; of the threads of an executor one is enough, of all that a call waits for every part. A
// deadline ends what it is over, and so does whichever operand of `when_any` comes first.
//
// Nothing waits in a circle before: each is found by who closes it. That is the one who waits last,
// for a thread blocks before the calls are made for which it does.

/// Throws serial_reentry_error where `waiter` would wait for ever for its lane, which is held.
void refuse_circle(const standstill& at, const lane_waiter& waiter);
/// Throws executor_full_error where `j` would wait for ever for a thread of `pool`, each of which
/// blocks.
void refuse_circle(const standstill& at, const thread_pool& pool, const job& j);

}  // namespace smartasync::detail
