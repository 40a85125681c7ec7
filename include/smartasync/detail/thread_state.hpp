// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "smartasync/detail/requirements.hpp"
#include "smartasync/detail/tls_model.hpp"

namespace smartasync {
class event_loop;
class executor;
}  // namespace smartasync

namespace smartasync::detail {

class scope;
struct blocked_call;
struct context_node;
struct job;

/// What the runtime knows about one thread. Constant-initialised and trivially destructible, so
/// that a read is one load with no guard in front of it, from the first to the last instruction of
/// the thread.
struct thread_state {
  /// The loop that runs on this thread now; the context check is this one load.
  event_loop* loop = nullptr;
  /// The scope of the chain of awaits that this thread works for; null on a plain thread.
  scope* current = nullptr;
  /// The address of a coroutine that the outermost start or the loop resumes next.
  void* next = nullptr;
  /// The root scope of this thread's reusable loop, where a run may go straight to it: on a plain
  /// thread, outside of any chain and any start. Null where it was not made yet or must not be.
  scope* own_root = nullptr;
  /// The part of this thread's stack in which tasks may start each other: from `stack_floor` on so
  /// many bytes, see stack_room.hpp. Nothing until somebody has asked where the stack is.
  std::uintptr_t stack_floor = static_cast<std::uintptr_t>(-1);
  std::uintptr_t stack_room = 0;
  /// How many starts are on the native stack where no loop runs.
  unsigned depth = 0;
  /// The epoch in which a foreign loop's context was seen here, 0 for never.
  std::uint32_t foreign_epoch = 0;
  /// On an executor's thread: the loop for which it works now.
  event_loop* home = nullptr;
  /// The executor whose thread this is; null on any other thread.
  executor* worker_of = nullptr;
  /// On an executor's thread: the job that it runs now, and the call in which it blocks meanwhile.
  const detail::job* job = nullptr;
  blocked_call* blocked = nullptr;
  /// The context variables of this thread outside of any chain.
  context_node* values = nullptr;
};

// `constinit` on this declaration spares the wrapper function.
extern constinit thread_local thread_state thread_local_state SMARTASYNC_THREAD_LOCAL_MODEL;

/// The address of a thread-local variable, as a plain value. For its null check, the undefined
/// behaviour sanitizer of GCC uses the flags of the addition that makes such an address, and
/// linkers relax that addition to one that sets none: a check that fails at random. Seen with
/// GCC 12.2 and GNU ld 2.40.
template <class T>
[[nodiscard]] inline T& plain_address(T& variable) noexcept {
  T* address = &variable;
#if defined(__GNUC__) && !defined(__clang__)
  __asm__("" : "+r"(address));
#endif
  return *address;
}

/// The state of this thread. Call it in functions without a suspension point: a coroutine may go on
/// on another thread, and compilers have kept the address across (llvm-project#47179).
[[nodiscard]] inline thread_state& state_here() noexcept {
  return plain_address(thread_local_state);
}

}  // namespace smartasync::detail
