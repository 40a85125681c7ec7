// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace smartasync {
class event_loop;
class executor;
}  // namespace smartasync

namespace smartasync::detail {

class promise_base;
class scope;
struct context_node;

/// What the runtime knows about one thread. Constant-initialised and trivially destructible, so that
/// a read is one load with no guard in front of it, from the first to the last instruction of the
/// thread.
struct thread_state {
  /// The loop that runs on this thread now; the context check is this one load.
  event_loop* loop = nullptr;
  /// The scope of the chain of awaits that this thread works for; null on a plain thread.
  scope* current = nullptr;
  /// On an executor's thread: the loop for which it works now.
  event_loop* home = nullptr;
  /// The executor whose thread this is; null on any other thread.
  executor* worker_of = nullptr;
  /// The task that an awaiter on this thread is starting; null as soon as that task has finished.
  promise_base* starting = nullptr;
  /// The address of a coroutine that the outermost start or the loop resumes next.
  void* next = nullptr;
  /// How many starts (and the loop under them) are on the native stack.
  unsigned depth = 0;
  /// The epoch in which a foreign loop's context was seen here, 0 for never.
  std::uint32_t foreign_epoch = 0;
  /// The root scope of this thread's reusable loop, once made; stays null on an executor's thread.
  scope* own_root = nullptr;
  /// The context variables of this thread outside of any chain.
  context_node* values = nullptr;
};

// Initial-exec spares the call into the loader; `constinit` on this declaration spares the wrapper
// function. Read it in functions without a suspension point: a coroutine may continue on another
// thread, and compilers have kept the address across (llvm-project#47179).
extern constinit thread_local thread_state this_thread [[gnu::tls_model("initial-exec")]];

}  // namespace smartasync::detail
