// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace smartasync {

// Debug mode: on with the environment's SMARTASYNC_DEBUG=1, read once, when the runtime is first
// used. It reports on stderr the path that each annotated call took, calls that were never awaited
// with the place where they were made, steps that held a loop for more than 100 ms
// (SMARTASYNC_SLOW_STEP_MS), and what was pending on a loop that is destroyed; and it knows the
// live tasks. A function with the attribute's `debug` has its calls reported in any case.

/// Takes what debug mode reports: one or more whole lines, each with its newline. Called on the
/// thread that has something to report, on several at once perhaps, sometimes within a step of a
/// loop; it must not throw and not call back into the runtime.
using debug_sink = void (*)(std::string_view lines) noexcept;

/// Replaces where the reports go; null brings stderr back, where each report is one write. Returns
/// the sink that was set before, or null. From any thread, at any time.
debug_sink set_debug_sink(debug_sink sink) noexcept;

/// The live tasks of all loops, as a tree: who waits for whom, and what each chain of awaits waits
/// for in the end. A loop that is busy for longer than 100 ms is listed with the function that it
/// is busy in, without the tree of its tasks. Outside of debug mode, one line that says so.
/// From any thread, within a step of a loop or not; the loops wait meanwhile. Throws
/// `std::bad_alloc`.
[[nodiscard]] std::string describe_tasks();

/// Writes describe_tasks() to where the reports go. Never throws: what cannot be had is left out.
void dump_tasks() noexcept;

/// Calls `dump_tasks()` on a thread of its own whenever `signal` arrives, from now on; what was
/// installed for that signal before is replaced. The environment's SMARTASYNC_DUMP_SIGNAL=SIGUSR1
/// (or SIGUSR2, or a number) does it at the start of debug mode. Nothing is installed unasked.
/// Throws `std::system_error` for a signal that cannot be caught, or where no thread can be
/// started.
void dump_tasks_on_signal(int signal);

}  // namespace smartasync
