// SPDX-License-Identifier: MIT
#pragma once

namespace smartasync {

/// Ends the runtime's threads, as the end of `main` does, before it: first the named loops, where
/// what is queued still runs, what was spawned is cancelled and what is awaited is waited for; then
/// the executors, where what is queued still runs and what runs is waited for. Afterwards there is
/// no thread of the runtime, and an offload, a new executor, or a call with a named loop gets
/// `loop_closed_error`. Calls that need neither go on as before. A second call does nothing.
///
/// Left to the end of `main`, this happens in the order of static destruction. A static object that
/// was made before the runtime was first used outlives these threads, and its destructor may still
/// make calls: an offload then runs where it is awaited.
///
/// `exit()` called on the thread of a loop or of an executor waits for no thread, since those may
/// wait for this one.
///
/// From a plain thread; throws `blocking_call_error` on the thread of a running loop and on one of
/// an executor, which it would wait for. Other threads may use the runtime meanwhile and are
/// refused from some point on; what plain threads run on their own loops is not ended.
void shutdown();

}  // namespace smartasync
