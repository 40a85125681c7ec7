// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <exception>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

#include "smartasync/detail/group_body.hpp"
#include "smartasync/detail/group_gathering.hpp"
#include "smartasync/detail/member.hpp"
#include "smartasync/detail/operand.hpp"
#include "smartasync/task.hpp"

namespace smartasync {

/// Operations that run at once and end before the group does; their number need not be known
/// beforehand. `co_await join()` gives their results in the order of `spawn()`; the first failure
/// cancels the rest, all are awaited, then it is rethrown.
///
/// Life: made in a coroutine on a loop (`wrong_loop_error` elsewhere), ended in the same chain of
/// awaits. A group that is destroyed while members run ends the program with a message on stderr:
/// an exception between `spawn()` and `join()` does that. `with_task_group()` is the form that
/// cannot. A failure that no join has seen goes to the handler of unhandled exceptions.
///
/// Thread safety: on the loop's thread alone.
template <class T = void>
class task_group : detail::group_gathering {
  using base = detail::group_gathering;
  template <class U>
  using member = detail::member<U, task_group>;

 public:
  task_group() = default;
  ~task_group() {
    require_ended();
    while (first_ != nullptr) delete std::exchange(first_, first_->next_member);
  }

  /// The awaitable of `join()`; movable until it is awaited.
  class [[nodiscard]] join_awaiter : public detail::group_wait {
   public:
    using smartasync_native = void;
    explicit join_awaiter(task_group& g) noexcept : group_wait(g), group_(g) {}

    std::vector<detail::element_t<T>> await_resume() {
      end();
      return group_.take_results();
    }

   private:
    task_group& group_;
  };

  /// Adds an operation: an awaitable, moved in, or a callable that makes one, moved or copied in.
  /// It starts as soon as this step of the loop has ended, with a copy of the caller's context
  /// variables; a callable is called then. In a group that is cancelled already it begins
  /// cancelled, and ends where it would first suspend. Members may spawn members. What cannot be
  /// moved is refused. Throws `std::logic_error` after the join.
  template <detail::spawnable A>
  void spawn(A&& operation) {
    require_open();
    auto* const made =
        new member<T>(group(), detail::member_task<T>(std::forward<A>(operation)), *this);
    copy_values(made->own_scope());
    last_ = (last_ == nullptr ? first_ : last_->next_member) = made;
    launch(made->start_item());
  }

  /// Asks all members to stop, those that are spawned later too.
  void cancel() noexcept { group().cancel(); }

  /// Awaited, once, waits for every member, then gives their results in the order of `spawn()`
  /// (references as `std::reference_wrapper`), or throws the first failure. A cancellation of the
  /// chain that waits cancels the members; they are waited for all the same.
  [[nodiscard]] join_awaiter join() noexcept { return join_awaiter(*this); }

 private:
  friend member<T>;
  template <class G, class F>
  friend class detail::group_body;

  void settle(member<T>& ended) noexcept {
    if (ended.result().has_error()) fail(ended.result().error());
    one_ended();
  }

  std::vector<detail::element_t<T>> take_results() {
    std::vector<detail::element_t<T>> results;
    for (auto* each = first_; each != nullptr; each = each->next_member) {
      results.push_back(detail::take_result(each->result()));
    }
    return results;
  }

  member<T>* first_ = nullptr;
  member<T>* last_ = nullptr;
};

/// Without results: what a member gives is dropped, and the member is freed as soon as it has
/// ended.
template <>
class task_group<void> : detail::group_gathering {
  template <class U>
  using member = detail::member<U, task_group>;

 public:
  task_group() = default;
  ~task_group() { require_ended(); }

  /// The awaitable of `join()`; movable until it is awaited.
  class [[nodiscard]] join_awaiter : public detail::group_wait {
   public:
    using smartasync_native = void;
    explicit join_awaiter(task_group& g) noexcept : group_wait(g) {}
    void await_resume() { end(); }
  };

  /// As in `task_group<T>`.
  template <detail::spawnable A>
  void spawn(A&& operation) {
    require_open();
    auto work = detail::member_task<void>(std::forward<A>(operation));
    using value = typename decltype(work)::value_type;
    auto* const made = new member<value>(group(), std::move(work), *this);
    copy_values(made->own_scope());
    launch(made->start_item());
  }

  /// Asks all members to stop, those that are spawned later too.
  void cancel() noexcept { group().cancel(); }

  /// Awaited, once, waits for every member, or throws the first failure once all have ended. A
  /// cancellation of the chain that waits cancels the members; they are waited for all the same.
  [[nodiscard]] join_awaiter join() noexcept { return join_awaiter(*this); }

 private:
  template <class U, class Owner>
  friend class detail::member;
  template <class G, class F>
  friend class detail::group_body;

  template <class U>
  void settle(member<U>& ended) noexcept {
    const std::exception_ptr failure =
        ended.result().has_error() ? ended.result().error() : nullptr;
    delete &ended;
    if (failure != nullptr) fail(failure);
    one_ended();
  }
};

/// Makes a group, calls `f(group)`, joins the group, and gives the results: of `task_group<T>` the
/// vector; of `task_group<void>` what `f` gave. `f` returns an awaitable, of void where `T` is not,
/// or nothing; it spawns members and does not join. What it throws counts as the first failure: the
/// members are cancelled and awaited, then it is rethrown; a member's failure cancels `f` the same
/// way. `f` is moved or copied in and kept until the end.
template <class T = void, class F>
  requires std::invocable<F&, task_group<T>&>
task<detail::group_result_t<T, F>> with_task_group(F f) {
  task_group<T> group;
  detail::group_body<task_group<T>, F> body(group, f);
  body.start();
  if constexpr (std::is_void_v<T>) {
    co_await group.join();
    co_return body.take();
  } else {
    co_return co_await group.join();
  }
}

}  // namespace smartasync
