// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "smartasync/detail/modes.hpp"
#include "smartasync/detail/thread_state.hpp"

namespace smartasync {

namespace detail {
/// Answers for foreign loops: the thread's cached *true*, or else every detector in turn.
[[nodiscard, gnu::cold]] bool in_foreign_context() noexcept;

/// The context as a stub sees it: one look at the thread's loop and one at the modes, which another
/// thread may change at any time.
class context_look {
 public:
  context_look() noexcept
      : loop_(reinterpret_cast<std::uintptr_t>(thread_local_state.loop)), modes_(modes_now()) {}

  /// One test for all that is unusual: false where a loop runs on this thread or may be detected,
  /// or where calls are watched.
  [[nodiscard]] bool is_usual_without_loop() const noexcept {
    // Equal where both are null, for no loop has so low an address. A comparison and its jump are
    // one step of a processor, where two words are joined before they are two.
    return loop_ == modes_;
  }
  /// True where a loop of ours runs on this thread and nothing else is unusual. Requires
  /// `!is_usual_without_loop()`.
  [[nodiscard]] bool is_usual_loop() const noexcept {
    // None is negative. Asked whether they are 0, GCC keeps them for the next 0 that is needed.
    return static_cast<int>(modes_) < 1;
  }

 private:
  std::uintptr_t loop_;
  unsigned modes_;
};
}  // namespace detail

/// True where a call must be awaited: an event loop, ours or a foreign one that a detector knows,
/// runs on this thread. Thread safety: each thread has its own answer.
[[nodiscard]] inline bool in_async_context() noexcept {
  return detail::thread_local_state.loop != nullptr ||
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
