// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <optional>

#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/lane_waiter.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/suspended.hpp"
#include "smartasync/site.hpp"

namespace smartasync {
class event_loop;
}

namespace smartasync::detail {

/// A lane that is held: calls through the entries of one object, or of one free function, go
/// through it one at a time, first come first served. It is known by an address, costs its object
/// nothing, and exists only while somebody holds it.
///
/// The chain of calls that holds a lane gets serial_reentry_error when it enters it again, on
/// whatever thread: waiting would be for itself.
///
/// Thread safety: held by one; may be released on another thread than it was entered.
class lane_hold {
 public:
  /// Enters, and blocks this thread until it may. On the thread of a running loop it does not
  /// block: blocking_call_error when the lane is held.
  lane_hold(const void* lane, const site& where);
  /// Takes over what was granted.
  explicit lane_hold(const void* lane) noexcept : lane_(lane) {}
  ~lane_hold();
  lane_hold(const lane_hold&) = delete;
  lane_hold& operator=(const lane_hold&) = delete;

 private:
  const void* lane_;
  // A plain thread has no scope by which its nested calls could be known; this is one.
  std::optional<scope> scope_;
};

/// Awaited, enters a lane and gives the hold of it. Awaited where it stands.
class lane_wait : lane_waiter, suspended, cancel_node {
 public:
  using smartasync_native = void;

  lane_wait(const void* lane, const site& where) noexcept;
  ~lane_wait() { unlink(); }
  lane_wait(const lane_wait&) = delete;
  lane_wait& operator=(const lane_wait&) = delete;

  static bool await_ready();
  bool await_suspend(awaiting_coroutine h);
  lane_hold await_resume() const;

 private:
  static suspended* granted(lane_waiter& self) noexcept;
  static void cancel(cancel_node* self) noexcept;

  event_loop* home_ = nullptr;
  bool cancelled_ = false;
};

}  // namespace smartasync::detail
