// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <coroutine>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "smartasync/detail/gathering.hpp"
#include "smartasync/detail/operand.hpp"
#include "smartasync/task.hpp"

namespace smartasync {

namespace detail {

/// What both forms of `when_all` do when an operand has ended.
class all_gathering : public gathering {
 public:
  void await_suspend(awaiting_coroutine h) noexcept { wait(h, wait_kind::when_all); }

  template <class Operand>
  void settle(Operand& ended) noexcept {
    if (ended.result().has_error()) fail(ended.result().error());
    one_ended();
  }

 protected:
  explicit all_gathering(std::size_t count)
      : gathering("smartasync::when_all() is awaited where no loop runs", count) {}
  ~all_gathering() = default;
};

template <class... T>
class when_all_awaiter : public all_gathering {
 public:
  using smartasync_native = void;

  explicit when_all_awaiter(std::tuple<task<T>...>& work)
      : all_gathering(sizeof...(T)),
        operands_(std::apply(
            [this](task<T>&... t) {
              static_cast<void>(this);  // Unused where there are none.
              return std::tuple<operand_source<T, all_gathering>...>(
                  operand_source<T, all_gathering>{*this, t}...);
            },
            work)) {}

  bool await_ready() noexcept {
    std::apply([](auto&... each) { (each.start(), ...); }, operands_);
    return running() == 0;
  }

  std::tuple<tuple_element_for<T>...> await_resume() {
    rethrow_failure();
    return std::apply(
        [](auto&... each) {
          return std::tuple<tuple_element_for<T>...>(take_result(each.result())...);
        },
        operands_);
  }

 private:
  std::tuple<operand<T, all_gathering>...> operands_;
};

template <class T>
class when_all_range_awaiter : public all_gathering {
 public:
  using smartasync_native = void;

  explicit when_all_range_awaiter(std::vector<task<T>>& work)
      : all_gathering(work.size()),
        size_(work.size()),
        operands_(std::make_unique<std::optional<operand<T, all_gathering>>[]>(size_)) {
    for (std::size_t i = 0; i != size_; ++i) {
      operands_[i].emplace(operand_source<T, all_gathering>{*this, work[i]});
    }
  }

  bool await_ready() noexcept {
    for (std::size_t i = 0; i != size_; ++i) operands_[i]->start();
    return running() == 0;
  }

  std::vector<element_t<T>> await_resume() {
    rethrow_failure();
    std::vector<element_t<T>> results;
    results.reserve(size_);
    for (std::size_t i = 0; i != size_; ++i) {
      results.push_back(take_result(operands_[i]->result()));
    }
    return results;
  }

 private:
  std::size_t size_;
  std::unique_ptr<std::optional<operand<T, all_gathering>>[]> operands_;
};

}  // namespace detail

/// The awaitable of `when_all(a, b, ...)`. Nothing starts before it is awaited, once. It moves
/// unless it refers to an operand (`InPlace`); then it is awaited where it stands.
template <bool InPlace, class... T>
class [[nodiscard]] when_all_awaitable {
 public:
  using smartasync_native = void;

  explicit when_all_awaitable(task<T>... work) : work_(std::move(work)...) {}
  when_all_awaitable(when_all_awaitable&&)
    requires(!InPlace)
  = default;

  detail::when_all_awaiter<T...> operator co_await() && {
    return detail::when_all_awaiter<T...>(work_);
  }
  detail::when_all_awaiter<T...> operator co_await() &
    requires InPlace
  {
    return detail::when_all_awaiter<T...>(work_);
  }

 private:
  std::tuple<task<T>...> work_;
};

/// The awaitable of `when_all(range)`; see `when_all_awaitable`.
template <bool InPlace, class T>
class [[nodiscard]] when_all_range_awaitable {
 public:
  using smartasync_native = void;

  explicit when_all_range_awaitable(std::vector<task<T>> work) : work_(std::move(work)) {}
  when_all_range_awaitable(when_all_range_awaitable&&)
    requires(!InPlace)
  = default;

  detail::when_all_range_awaiter<T> operator co_await() && {
    return detail::when_all_range_awaiter<T>(work_);
  }
  detail::when_all_range_awaiter<T> operator co_await() &
    requires InPlace
  {
    return detail::when_all_range_awaiter<T>(work_);
  }

 private:
  std::vector<task<T>> work_;
};

/// Runs all of them at once, on the loop where it is awaited, and gives a tuple of their results in
/// the order of the operands: `std::monostate` for void, a reference as a reference.
///
/// Operands: awaitables, or callables that make one; a callable is called inside the loop when its
/// turn comes. An rvalue that can be moved is moved in. An lvalue, and what cannot be moved, is
/// referred to, must live until the end, and makes the result immovable; a `task` is always moved.
///
/// The first that fails cancels the rest; all are awaited, then it is rethrown, and what the others
/// ended with is dropped. Operands that have not begun by then begin cancelled: they end where they
/// would first suspend. A cancellation from outside goes to all of them. Each operand has its own
/// copy of the context variables. Throws `wrong_loop_error` where it is awaited and no loop runs.
template <class... A>
  requires(detail::startable<A> && ...)
auto when_all(A&&... operands) {
  return when_all_awaitable<(detail::held_in_place<A> || ...), detail::started_value_t<A>...>(
      detail::as_task(std::forward<A>(operands))...);
}

namespace detail {

/// The elements of an rvalue container may be moved from; what a view shows is somebody else's.
template <class R>
inline constexpr bool moves_elements =
    !std::is_lvalue_reference_v<R> && !std::ranges::view<std::remove_cvref_t<R>>;

template <class R>
using range_operand_t =
    std::conditional_t<moves_elements<R>, std::ranges::range_rvalue_reference_t<R>,
                       std::ranges::range_reference_t<R>>;

template <class R>
concept startable_range =
    !startable<R> && std::ranges::input_range<R> && startable<range_operand_t<R>>;

}  // namespace detail

/// The same for the elements of a range, which are read at once; gives a vector: of
/// `std::monostate` for void, of `std::reference_wrapper` for references. Elements of an rvalue
/// container, and those that a view makes, are moved in; elements of an lvalue are referred to.
template <detail::startable_range R>
auto when_all(R&& range) {
  using element = detail::range_operand_t<R>;
  static_assert(
      std::is_lvalue_reference_v<element> || std::move_constructible<std::remove_cvref_t<element>>,
      "what this range makes cannot be moved and would be gone before it is awaited");
  using value = detail::started_value_t<element>;
  std::vector<task<value>> work;
  if constexpr (std::ranges::sized_range<R>) {
    work.reserve(static_cast<std::size_t>(std::ranges::size(range)));
  }
  auto end = std::ranges::end(range);
  for (auto at = std::ranges::begin(range); at != end; ++at) {
    if constexpr (detail::moves_elements<R>) {
      work.push_back(detail::as_task(std::ranges::iter_move(at)));
    } else {
      work.push_back(detail::as_task(*at));
    }
  }
  return when_all_range_awaitable<detail::held_in_place<element>, value>(std::move(work));
}

}  // namespace smartasync
