// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <coroutine>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "smartasync/detail/gathering.hpp"
#include "smartasync/detail/operand.hpp"
#include "smartasync/task.hpp"

namespace smartasync {

namespace detail {

/// What `when_any` does when an operand has ended.
class any_gathering : public gathering {
 public:
  void await_suspend(awaiting_coroutine h) noexcept { wait(h, wait_kind::when_any); }

  template <class Operand>
  void settle(Operand& ended) noexcept {
    if (winner_ == nullptr) {
      winner_ = &ended;
      group().cancel();
    }
    one_ended();
  }

 protected:
  explicit any_gathering(std::size_t count)
      : gathering("smartasync::when_any() is awaited where no loop runs", count) {
    group().ways_to_end = static_cast<unsigned>(count);
  }
  ~any_gathering() = default;

  [[nodiscard]] bool won(const child_base& c) const noexcept { return winner_ == &c; }

 private:
  const child_base* winner_ = nullptr;
};

template <class... T>
class when_any_awaiter : public any_gathering {
 public:
  using smartasync_native = void;
  using result = std::variant<element_t<T>...>;

  explicit when_any_awaiter(std::tuple<task<T>...>& work)
      : any_gathering(sizeof...(T)),
        operands_(std::apply(
            [this](task<T>&... t) {
              return std::tuple<operand_source<T, any_gathering>...>(
                  operand_source<T, any_gathering>{*this, t}...);
            },
            work)) {}

  bool await_ready() noexcept {
    std::apply([](auto&... each) { (each.start(), ...); }, operands_);
    return running() == 0;
  }

  result await_resume() { return take_winner(std::index_sequence_for<T...>()); }

 private:
  template <std::size_t... Index>
  result take_winner(std::index_sequence<Index...>) {
    std::optional<result> taken;
    static_cast<void>((take_if_won<Index>(taken) || ...));
    return std::move(*taken);
  }

  template <std::size_t Index>
  bool take_if_won(std::optional<result>& taken) {
    auto& each = std::get<Index>(operands_);
    if (!won(each)) return false;
    taken.emplace(std::in_place_index<Index>, take_result(each.result()));
    return true;
  }

  std::tuple<operand<T, any_gathering>...> operands_;
};

}  // namespace detail

/// The awaitable of `when_any(a, b, ...)`. Nothing starts before it is awaited, once. It moves
/// unless it refers to an operand (`InPlace`); then it is awaited where it stands.
template <bool InPlace, class... T>
class [[nodiscard]] when_any_awaitable {
 public:
  using smartasync_native = void;

  explicit when_any_awaitable(task<T>... work) : work_(std::move(work)...) {}
  when_any_awaitable(when_any_awaitable&&)
    requires(!InPlace)
  = default;

  detail::when_any_awaiter<T...> operator co_await() && {
    return detail::when_any_awaiter<T...>(work_);
  }
  detail::when_any_awaiter<T...> operator co_await() &
    requires InPlace
  {
    return detail::when_any_awaiter<T...>(work_);
  }

 private:
  std::tuple<task<T>...> work_;
};

/// Runs all of them at once, on the loop where it is awaited; the first that *ends* wins, by a
/// value or by an exception. It cancels the rest, all are awaited, and what they ended with is
/// dropped. Gives a `std::variant` whose `index()` is the winner's place and which holds its value
/// (`std::monostate` for void, `std::reference_wrapper` for a reference), or throws what it threw.
///
/// Operands: as for `when_all`. Those that have not begun when there is a winner begin cancelled:
/// they end where they would first suspend. A cancellation from outside goes to all of them. Each
/// has its own copy of the context variables. Throws `wrong_loop_error` where it is awaited and no
/// loop runs.
template <class... A>
  requires(sizeof...(A) != 0 && (detail::startable<A> && ...))
auto when_any(A&&... operands) {
  return when_any_awaitable<(detail::held_in_place<A> || ...), detail::started_value_t<A>...>(
      detail::as_task(std::forward<A>(operands))...);
}

}  // namespace smartasync
