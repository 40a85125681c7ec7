// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <stdexcept>
#include <string>

#include "smartasync/detail/call_chain.hpp"

namespace smartasync {

/// A call that would block was made on the thread of a running event loop, where it could only
/// hang. The text names the function and says to use `co_await`.
class blocking_call_error : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// An object that belongs to one event loop was used where another loop, or none, is running.
class wrong_loop_error : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// A `serial` function was entered again by the chain of calls that is already inside its lane, or
/// its lane is held by a call that waits, over other lanes and executors perhaps, for what that
/// chain of calls holds. The text holds the chain, from the call that is inside a lane or holds a
/// thread to the one that was refused; the annotated functions between appear as the error leaves
/// them.
class serial_reentry_error : public std::logic_error, public detail::call_chain {
 public:
  /// `text` ends where the chain begins: `first` is inside the lane `key`, or is the call that the
  /// thread makes that runs `key`; `last` was refused.
  serial_reentry_error(const std::string& text, const char* first, const void* key,
                       const char* last)
      : logic_error(text), call_chain(text, first, key, last, false) {}
  [[nodiscard]] const char* what() const noexcept override;
};

/// Work was given to a loop or an executor that has ended, or that ends with its thread or process.
class loop_closed_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An executor has no free thread and no room in its queue, or none of its threads will come free
/// before the call that is refused has ended. The text names who holds them, and the chain of calls
/// as for `serial_reentry_error`.
class executor_full_error : public std::runtime_error, public detail::call_chain {
 public:
  using std::runtime_error::runtime_error;
  /// `text` ends where the chain begins: `first` is the call that the thread makes that runs
  /// `key`, or is inside the lane `key`; null where the chain has no begin. `last` was refused; it
  /// may be the call that is inside `key`.
  executor_full_error(const std::string& text, const char* first, const void* key, const char* last)
      : runtime_error(text), call_chain(text, first, key, last, true) {}
  [[nodiscard]] const char* what() const noexcept override;
};

/// A deadline passed before the operation ended. Thrown only after the operation has ended, so that
/// nothing is left running. Carries no allocation.
class timeout_error : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override;
};

/// The operation was cancelled: its scope, its group or its run was asked to stop. Carries no
/// allocation.
class cancelled_error : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override;
};

}  // namespace smartasync
