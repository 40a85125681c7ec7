// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/signal_target.hpp"
#include "smartasync/detail/suspended.hpp"

namespace smartasync {

class event_loop;

/// Signals that a coroutine waits for: `signal_set hang_up{SIGHUP};` and
/// `for (;;) { co_await hang_up.next(); reload(); }`.
///
/// From its construction to its destruction these signals do nothing but to be noted, so that none
/// is lost between two awaits; one that comes twice before it is taken counts once, as in the
/// kernel. What was installed for them before is put back at the end; what was noted and not taken
/// is forgotten. Several sets may have the same signal, each is told. A run with the same signal in
/// `cancel_on_signals` is cancelled by it, and its second one ends the process all the same.
///
/// Thread safety: made and destroyed on any thread; awaited by one coroutine at a time. At most 64
/// sets and runs wait for signals at one time. The child of a fork has none of the parent's.
class signal_set : detail::signal_target {
 public:
  /// Throws `std::system_error` for what is no signal or cannot be caught, `std::length_error` when
  /// too many wait already.
  explicit signal_set(const std::vector<int>& signals);
  ~signal_set();
  signal_set(const signal_set&) = delete;
  signal_set& operator=(const signal_set&) = delete;

  /// The awaitable of `next()`; movable until it is awaited.
  class [[nodiscard]] next_awaiter : detail::suspended, detail::cancel_node {
   public:
    using smartasync_native = void;

    explicit next_awaiter(signal_set& set) noexcept
        : cancel_node(&next_awaiter::cancel), set_(set) {}
    next_awaiter(next_awaiter&& other) noexcept : next_awaiter(other.set_) {}

    bool await_ready();
    bool await_suspend(detail::awaiting_coroutine h);
    int await_resume();

   private:
    static void cancel(detail::cancel_node* node) noexcept;

    signal_set& set_;
    bool cancelled_ = false;
  };

  /// Awaited, gives the number of a signal that has come, the lowest when there are several; where
  /// none has, waits for one. Throws, when awaited, `cancelled_error`, or `wrong_loop_error` where
  /// no loop runs.
  [[nodiscard]] next_awaiter next() noexcept { return next_awaiter(*this); }

 private:
  static void note(detail::signal_target& self, int signal) noexcept;

  std::atomic<std::uint64_t> noted_{0};  // Bit n-1 stands for signal n.
  // Whom the next signal posts; whoever takes the address out, a handler or the loop, has it.
  std::atomic<detail::suspended*> waiter_{nullptr};
  event_loop* loop_ = nullptr;  // Of the waiter: written before, read by who has taken it.
  detail::signal_slot* slot_;
};

}  // namespace smartasync
