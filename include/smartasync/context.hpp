// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "smartasync/detail/modes.hpp"
#include "smartasync/detail/thread_state.hpp"

namespace smartasync {

namespace detail {
/// Answers for foreign loops: the thread's cached *true*, or else every detector in turn.
[[nodiscard, gnu::cold]] bool in_foreign_context() noexcept;

/// One test for all that is unusual: false where a loop runs on this thread or may be detected, or
/// where calls are watched.
[[nodiscard]] inline bool is_usual_here() noexcept {
  return (reinterpret_cast<std::uintptr_t>(state_here().loop) | modes_now()) == 0;
}

/// True where a loop of ours runs on this thread and nothing else is unusual. Both are asked, also
/// by who has just heard that it is not usual here: another thread may change the modes meanwhile.
[[nodiscard]] inline bool is_usual_loop_here() noexcept {
  return state_here().loop != nullptr && modes_now() == 0;
}
}  // namespace detail

/// True where a call must be awaited: an event loop, ours or a foreign one that a detector knows,
/// runs on this thread. Thread safety: each thread has its own answer.
[[nodiscard]] inline bool in_async_context() noexcept {
  return detail::state_here().loop != nullptr ||
         ((detail::modes_now() & detail::mode_detectors) != 0 && detail::in_foreign_context());
}

/// The loop that runs on this thread, null when none of ours does.
[[nodiscard]] inline event_loop* current_loop() noexcept { return detail::state_here().loop; }

/// Tells whether a foreign loop runs on the calling thread. Must not throw.
using context_detector = bool (*)();

/// Adds a detector for a foreign loop; it stays for the life of the process. From any thread. Its
/// *true* is remembered by the thread until `foreign_context_ended()`, its *false* is asked again.
/// Throws `std::length_error` past 16 detectors.
void register_context_detector(context_detector detector);

/// To be called on a loop's thread when a foreign loop has ended there: this thread's remembered
/// *true* is forgotten.
void foreign_context_ended() noexcept;

/// Forgets what the detectors answered, on all threads. A running loop of ours stays known.
void reset_context_cache() noexcept;

}  // namespace smartasync
