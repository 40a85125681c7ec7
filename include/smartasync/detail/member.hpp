// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "smartasync/detail/child.hpp"
#include "smartasync/detail/group_gathering.hpp"
#include "smartasync/detail/work_item.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// One operation in a group, on the heap. It starts from the loop's queue, so that a chain of
/// members that spawn members does not grow the stack.
template <class T, class Owner>
class member final : public child<T> {
 public:
  member(scope& group, task<T> work, Owner& owner) noexcept
      : child<T>(group, std::move(work), &member::ended), start_(*this), owner_(owner) {}

  [[nodiscard]] work_item& start_item() noexcept { return start_; }

  member* next_member = nullptr;

 private:
  struct starter : work_item {
    explicit starter(member& m) noexcept
        : work_item([](work_item* item) noexcept { static_cast<starter*>(item)->what.start(); }),
          what(m) {}
    member& what;
  };

  static void ended(child_base& self) noexcept {
    auto& me = static_cast<member&>(self);
    me.owner_.settle(me);
  }

  starter start_;
  Owner& owner_;
};

/// What `spawn` takes: what can be moved in, or a callable that can be copied.
template <class A>
concept spawnable = startable<std::decay_t<A>> && std::move_constructible<std::decay_t<A>> &&
                    std::constructible_from<std::decay_t<A>, A> &&
                    (!std::is_lvalue_reference_v<A> || !awaitable<std::decay_t<A>>);

template <class T, class From>
task<T> converted(task<From> from) {
  co_return static_cast<T>(co_await std::move(from));
}

/// The task of a member of `task_group<T>`.
template <class T, class A>
auto member_task(A&& operation) {
  auto work = as_task(std::decay_t<A>(std::forward<A>(operation)));
  using made = typename decltype(work)::value_type;
  if constexpr (std::is_void_v<T> || std::same_as<made, T>) {
    return work;
  } else {
    static_assert(std::convertible_to<made, T>,
                  "this operation does not give what the group holds");
    return converted<T>(std::move(work));
  }
}

}  // namespace smartasync::detail
