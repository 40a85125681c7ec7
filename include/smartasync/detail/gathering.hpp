// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <exception>

#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/suspended.hpp"
#include "smartasync/detail/wait_note.hpp"

namespace smartasync::detail {

/// The part of a combinator that does not depend on its type: one scope over those of its children,
/// how many of them run, the first failure, and the coroutine that waits for the last of them.
///
/// Life: made on a loop, in the chain of awaits whose scope it hangs under, and gone before that.
/// Everything in it happens on that loop's thread.
class gathering {
 public:
  gathering(const gathering&) = delete;
  gathering& operator=(const gathering&) = delete;

  /// The scope that the children's hang under: cancelled as a whole.
  [[nodiscard]] scope& group() noexcept { return group_; }

 protected:
  /// Throws `wrong_loop_error(no_loop)` where no loop runs.
  gathering(const char* no_loop, std::size_t running);
  ~gathering() = default;

  /// Keeps the first failure and cancels the rest.
  void fail(std::exception_ptr e) noexcept;
  void rethrow_failure() {
    if (failure_) [[unlikely]]
      std::rethrow_exception(std::move(failure_));
  }
  [[nodiscard]] std::exception_ptr take_failure() noexcept { return std::move(failure_); }

  [[nodiscard]] std::size_t running() const noexcept { return running_; }
  [[nodiscard]] bool waited_for() const noexcept { return waiter_.handle != nullptr; }

  void one_more() noexcept { ++running_; }
  /// The last of them wakes the waiter, through the loop's queue: `*this` stays until then.
  void one_ended() noexcept {
    if (--running_ == 0 && waited_for()) wake();
  }

  /// Names the coroutine that goes on, in the scope that is current, when none runs any more.
  /// The rest is for reports; `group`: where what runs hangs elsewhere than under group().
  void wait(awaiting_coroutine h, wait_kind kind, std::chrono::steady_clock::time_point until = {},
            const scope* group = nullptr) noexcept {
    waiter_.capture(h, state_here().current);
    if (watching()) [[unlikely]]
      note_wait(&waiter_, h, waiter_.chain, kind,
                {.until = until, .group = group != nullptr ? group : &group_});
  }

  /// Gives the variables of a child that has ended to the chain that waited for it alone.
  void hand_back_values(scope& child) noexcept;

 private:
  void wake() noexcept;

  scope* awaiting_;  ///< Null in a coroutine that a loop resumed in no scope.
  scope group_;
  std::size_t running_;
  suspended waiter_;
  std::exception_ptr failure_;
};

}  // namespace smartasync::detail
