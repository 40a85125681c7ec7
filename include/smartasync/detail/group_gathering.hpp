// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>

#include "smartasync/detail/gathering.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/work_item.hpp"

namespace smartasync::detail {

/// The part of `task_group` that does not depend on its type.
class group_gathering : public gathering {
 public:
  using gathering::fail;
  using gathering::hand_back_values;
  using gathering::one_ended;
  using gathering::one_more;

 protected:
  friend class group_wait;

  /// Throws `wrong_loop_error` where no loop runs.
  group_gathering();
  /// Reports a failure that no join has seen.
  ~group_gathering();

  /// Throws `std::logic_error` after the join, `wrong_loop_error` off the loop's thread.
  void require_open();
  /// Copies the variables of who spawns a member: it starts with these, not with the group's.
  static void copy_values(scope& to) noexcept;
  /// Counts the member and queues its start.
  void launch(work_item& start) noexcept;
  /// Ends the program while members run. For the destructor, before anything of them is destroyed.
  void require_ended() const noexcept;

 private:
  bool joining_ = false;
  bool joined_ = false;
};

/// Waits until no member runs. A cancellation of the chain that waits goes to the members, and they
/// are waited for all the same. Movable until it is awaited.
class group_wait : cancel_node {
 public:
  explicit group_wait(group_gathering& g) noexcept
      : cancel_node(&group_wait::cancelled_outside), group_(g) {}
  group_wait(group_wait&& other) noexcept : group_wait(other.group_) {}
  ~group_wait() { unlink(); }

  /// Throws `std::logic_error` for a second join.
  bool await_ready();
  void await_suspend(awaiting_coroutine h) noexcept;

 protected:
  /// Throws the first failure.
  void end();

 private:
  static void cancelled_outside(cancel_node* self) noexcept;

  group_gathering& group_;
};

}  // namespace smartasync::detail
