// SPDX-License-Identifier: MIT
#pragma once

#include "smartasync/detail/job.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/thread_state.hpp"

namespace smartasync::detail {

struct lane_waiter;

/// A call that an executor's thread makes and in which that thread blocks: what it blocks for, for
/// who looks for calls that wait for each other.
///
/// Life: on the stack of the thread that blocks. What it says is written before the thread begins
/// to block and constant meanwhile; the rest belongs to the executor.
struct blocked_call {
  /// On the thread that is about to block. `on`: the executor whose thread this is, null for a
  /// plain thread. `what`: the scope of what it waits for, null for something else. `does_help`:
  /// whether it makes calls for that scope meanwhile.
  blocked_call(executor* on, const scope* what, bool does_help) noexcept
      : where(on),
        made(state_here().job),
        until(what),
        helps(does_help),
        outer(state_here().blocked) {}
  blocked_call(const blocked_call&) = delete;
  blocked_call& operator=(const blocked_call&) = delete;

  /// True when it makes calls that are submitted by `submitter`.
  [[nodiscard]] bool helps_with(const scope* submitter) const noexcept {
    return helps && until->encloses(submitter);
  }
  /// True when it would make one at once. Under the executor's lock.
  [[nodiscard]] bool may_take() const noexcept { return helps && blocks; }

  executor* const where;
  const job* const made;  ///< The call that the thread makes.
  const scope* const until;
  const lane_waiter* lane = nullptr;  ///< It blocks until this has its lane.
  const bool helps;
  /// The one in which the same thread blocks further out, and which makes this call.
  blocked_call* const outer;

  // Guarded by the executor's lock.
  bool blocks = false;  ///< False while the thread makes another call in there.
  blocked_call* next = nullptr;
  blocked_call** link = nullptr;
};

/// While it lives, the thread counts as blocked; nothing for a plain thread.
class blocking_here {
 public:
  explicit blocking_here(blocked_call& call) noexcept;
  ~blocking_here();
  blocking_here(const blocking_here&) = delete;
  blocking_here& operator=(const blocking_here&) = delete;

 private:
  blocked_call& call_;
};

}  // namespace smartasync::detail
