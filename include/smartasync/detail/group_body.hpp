// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

#include "smartasync/awaitable.hpp"
#include "smartasync/detail/group_gathering.hpp"
#include "smartasync/detail/operand.hpp"
#include "smartasync/task.hpp"

namespace smartasync {

template <class T>
class task_group;

namespace detail {

template <class Made>
struct group_body_value {
  static_assert(std::is_void_v<Made> || awaitable<Made>,
                "the function of with_task_group() returns an awaitable, or nothing");
  using type = void;
};
template <awaitable Made>
struct group_body_value<Made> {
  using type = await_value_t<Made>;
};

/// The value of `f(group)`, awaited.
template <class G, class F>
using group_body_value_t = typename group_body_value<std::invoke_result_t<F&, G&>>::type;

template <class T, class F>
struct group_result {
  static_assert(std::is_void_v<group_body_value_t<task_group<T>, F>>,
                "where the group has results, its function has none");
  using type = std::vector<element_t<T>>;
};
template <class F>
struct group_result<void, F> {
  using type = group_body_value_t<task_group<void>, F>;
};
template <class T, class F>
using group_result_t = typename group_result<T, F>::type;

/// The function of `with_task_group`, as one more that runs in the group.
template <class G, class F>
class group_body {
  using made = std::invoke_result_t<F&, G&>;
  using value = group_body_value_t<G, F>;

 public:
  group_body(G& group, F& f)
      : group_(group),
        work_(call(group, f)),
        operand_(operand_source<value, group_body>{*this, work_}) {}

  void start() noexcept {
    group_.one_more();
    operand_.start();
  }

  value take() { return operand_.result().take(); }

  // What the operand asks of its owner.
  [[nodiscard]] scope& group() noexcept { return group_.group(); }
  template <class Operand>
  void settle(Operand& ended) noexcept {
    group_.hand_back_values(ended.own_scope());
    if (ended.result().has_error()) group_.fail(ended.result().error());
    group_.one_ended();
  }

 private:
  static task<value> call(G& group, F& f) {
    if constexpr (awaitable<made>) {
      co_return co_await std::invoke(f, group);
    } else {
      std::invoke(f, group);
      co_return;
    }
  }

  group_gathering& group_;
  task<value> work_;
  operand<value, group_body> operand_;
};

}  // namespace detail
}  // namespace smartasync
