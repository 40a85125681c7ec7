// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <concepts>
#include <coroutine>
#include <memory>
#include <type_traits>
#include <utility>

#include "smartasync/awaitable.hpp"
#include "smartasync/detail/child.hpp"
#include "smartasync/detail/gathering.hpp"
#include "smartasync/detail/timer_heap.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// An operation that owns all that it uses says so by becoming a task.
template <class A>
concept owned_operation = !std::is_lvalue_reference_v<A> && awaitable<A> && requires(A&& a) {
  { static_cast<A&&>(a).to_task() } -> awaitable;
};

template <class A>
concept abandonable =
    owned_operation<A> ||
    (!awaitable<std::decay_t<A>> && std::constructible_from<std::decay_t<A>, A> &&
     std::invocable<std::decay_t<A>> && owned_operation<std::invoke_result_t<std::decay_t<A>>>);

/// Makes the task at the await; what a callable refers to is needed no longer than that.
template <class A>
auto owned_task(A&& operation) {
  if constexpr (awaitable<A>) {
    return std::move(operation).to_task();
  } else {
    return std::move(operation)().to_task();
  }
}

class abandoning_gathering;

/// The part of an operation that may be left alone: who waits for it, null once nobody does. It
/// belongs to its waiter, and to itself after that: who ends it then deletes it.
struct left_alone {
  abandoning_gathering* waiter;
};

/// The part of `with_timeout(…, abandon)` that does not depend on the type of its operand: the
/// first of end, deadline and cancellation decides. A timer that has fired is in the loop's queue,
/// so it counts as running until it comes out.
///
/// Life: all of this happens on the loop's thread, the decision too, so that end and deadline never
/// meet. Of an operand that is left alone, an executor's thread may touch three things:
/// - the job and its result, in the frame of the operand: it ends after that thread has posted the
///   job, its last touch (see `call_and_post` and `event_loop::post_remote`), for it is the
///   loop that resumes and then ends it;
/// - the operand's scope, which is in the child: it outlives the frame, and hangs under the loop's,
///   not under that of who left. `token()` and `cancel()` may meet there; see `scope`;
/// - the loop, which does not end as long as it has members under its scope.
/// Neither the gathering nor the coroutine that awaits it is known there, or to the operand once
/// `waiter` is null. What the operand's function refers to is its own: hence `abandonable`. A
/// coroutine that is a closure's refers to the closure, and crashes when that is gone.
class abandoning_gathering : public gathering, cancel_node {
 public:
  void await_suspend(awaiting_coroutine h) noexcept;

  void operand_ended() noexcept;

 protected:
  explicit abandoning_gathering(std::chrono::steady_clock::duration limit);
  ~abandoning_gathering() { unlink(); }

  /// The scope under which the operand runs: the loop's, which cancels it and waits when it ends.
  [[nodiscard]] scope& detached_group() noexcept;
  /// Gives the operand's scope a copy of the variables of the chain that awaits it.
  static void copy_values(scope& to) noexcept;

  /// Counts the limit from now.
  void set_deadline() noexcept;
  /// The operand has started: true when there is nothing to wait for.
  bool begin_wait(left_alone& operand, scope& operand_scope) noexcept;
  /// True while the operand belongs to the waiter.
  [[nodiscard]] bool holds_operand() const noexcept { return decision_ <= decision::ended; }
  /// Throws unless the operand decided.
  void check_decision();

 private:
  enum class decision : unsigned char { none, ended, late, cancelled, failed };

  struct deadline_timer : timer {
    explicit deadline_timer(abandoning_gathering& g) noexcept;
    static void fire(work_item* item) noexcept;
    abandoning_gathering& owner;
  };

  static void cancelled_outside(cancel_node* self) noexcept;
  void leave(decision why) noexcept;
  void decide(decision what) noexcept;

  std::chrono::steady_clock::duration limit_;
  deadline deadline_{};
  deadline_timer timer_{*this};
  left_alone* operand_ = nullptr;
  scope* operand_scope_ = nullptr;
  decision decision_ = decision::none;
};

template <class T>
class abandonable_child final : public child<T>, public left_alone {
 public:
  abandonable_child(scope& group, task<T> work, abandoning_gathering& w) noexcept
      : child<T>(group, std::move(work), &abandonable_child::ended), left_alone{&w} {}

 private:
  static void ended(child_base& self) noexcept {
    auto* me = static_cast<abandonable_child*>(&self);
    if (me->waiter != nullptr) {
      me->waiter->operand_ended();
    } else {
      delete me;
    }
  }
};

template <class A>
class abandoning_awaiter : public abandoning_gathering {
  using value = typename decltype(owned_task(std::declval<A>()))::value_type;

 public:
  using smartasync_native = void;

  abandoning_awaiter(std::chrono::steady_clock::duration limit, A& operation)
      : abandoning_gathering(limit), operation_(operation) {}
  ~abandoning_awaiter() {
    if (holds_operand()) delete child_;
  }

  bool await_ready() {
    set_deadline();
    child_ =
        new abandonable_child<value>(detached_group(), owned_task(std::move(operation_)), *this);
    copy_values(child_->own_scope());
    child_->start();
    return begin_wait(*child_, child_->own_scope());
  }

  value await_resume() {
    check_decision();
    return child_->result().take();
  }

 private:
  A& operation_;
  abandonable_child<value>* child_ = nullptr;
};

}  // namespace smartasync::detail
