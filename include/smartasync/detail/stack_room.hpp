// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "smartasync/detail/thread_state.hpp"

namespace smartasync::detail {

/// How much of the native stack tasks that start each other may take, in bytes, from where a loop
/// began to run; less where the stack itself is small. Past it a start waits until the stack has
/// unwound, so that no recursion of tasks grows it further.
inline constexpr std::uintptr_t stack_room = std::uintptr_t{256} * 1024;

/// About where the native stack ends that the caller stands on.
[[nodiscard, gnu::always_inline]] inline std::uintptr_t stack_here() noexcept {
#if defined(__x86_64__) && defined(__GNUC__)
  // The frame's address, for which the builtin asks, would make each coroutine set up a frame.
  std::uintptr_t here;
  __asm__("mov %%rsp, %0" : "=r"(here));
  return here;
#else
  return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
#endif
}

/// True where a loop runs and there is room under it. On another stack than the loop's, that of a
/// stackful coroutine, there is none: the difference is out of range.
[[nodiscard, gnu::always_inline]] inline bool has_stack_room() noexcept {
  return stack_here() - thread_local_state.stack_floor <= stack_room;
}

/// The floor for a loop that begins to run here. Requires `t.stack_limit` to be known.
[[nodiscard, gnu::always_inline]] inline std::uintptr_t stack_floor_here(
    const thread_state& t) noexcept {
  const std::uintptr_t floor = stack_here() - stack_room;
  return floor < t.stack_limit ? t.stack_limit : floor;
}

/// Finds out where this thread's stack ends, once; half of it stays for what is not a start.
void find_stack_limit(thread_state& t) noexcept;

}  // namespace smartasync::detail
