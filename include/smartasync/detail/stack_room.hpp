// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "smartasync/detail/thread_state.hpp"

namespace smartasync::detail {

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

/// True where there is room on the native stack for tasks that start each other. Past it a start
/// waits until the stack has unwound, so that no recursion of tasks grows it further. False on
/// another stack than the thread's own, that of a stackful coroutine, and until
/// `find_stack_room()` was called.
[[nodiscard, gnu::always_inline]] inline bool has_stack_room() noexcept {
  return stack_here() - thread_local_state.stack_floor <= thread_local_state.stack_room;
}

/// Finds out where this thread's stack is, once: a mebibyte of it, and no more than a half, are for
/// tasks that start each other.
void find_stack_room(thread_state& t) noexcept;

}  // namespace smartasync::detail
