// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <coroutine>

#include "smartasync/detail/gathering.hpp"
#include "smartasync/detail/operand.hpp"
#include "smartasync/detail/timer_heap.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// The part of `with_timeout` that does not depend on the type of its operand: the operand and the
/// timer, and what the one does to the other. The timer counts as one more that runs: once it has
/// fired it is in the loop's queue, and `*this` must last until it comes out.
class timed_gathering : public gathering {
 public:
  bool await_ready() noexcept;
  void await_suspend(awaiting_coroutine h) noexcept { wait(h, wait_kind::with_timeout, deadline_); }

  template <class Operand>
  void settle(Operand& ended) noexcept {
    hand_back_values(ended.own_scope());
    operand_ended();
  }

 protected:
  explicit timed_gathering(std::chrono::steady_clock::duration limit);
  ~timed_gathering() = default;

  /// Counts the limit from now.
  void set_deadline() noexcept;
  void throw_if_late();

 private:
  struct deadline_timer : timer {
    explicit deadline_timer(timed_gathering& g) noexcept;
    static void fire(work_item* item) noexcept;
    timed_gathering& owner;
  };

  void operand_ended() noexcept;
  void pass_deadline() noexcept;

  std::chrono::steady_clock::duration limit_;
  deadline deadline_{};
  deadline_timer timer_{*this};
  bool ended_ = false;
  bool late_ = false;
};

template <class T>
class timeout_awaiter : public timed_gathering {
 public:
  using smartasync_native = void;

  timeout_awaiter(std::chrono::steady_clock::duration limit, task<T>& work)
      : timed_gathering(limit), operand_(operand_source<T, timed_gathering>{*this, work}) {}

  bool await_ready() noexcept {
    set_deadline();
    operand_.start();
    return timed_gathering::await_ready();
  }

  T await_resume() {
    throw_if_late();
    return operand_.result().take();
  }

 private:
  operand<T, timed_gathering> operand_;
};

}  // namespace smartasync::detail
