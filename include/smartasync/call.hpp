// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <memory>
#include <ostream>
#include <type_traits>
#include <utility>

#include "smartasync/detail/call_state.hpp"
#include "smartasync/detail/operation_awaiter.hpp"
#include "smartasync/keep.hpp"
#include "smartasync/site.hpp"
#include "smartasync/task.hpp"

namespace smartasync {

/// call is what a dispatch stub returns: a T that is ready, where no loop runs on the calling
/// thread, or an operation that is pending, where one does. `Function` is the generated function
/// object; through it nothing is type-erased.
///
/// A ready call converts to T, and `get()`, `*` and `->` reach the value. All of these throw
/// blocking_call_error on a pending one: there, `co_await` it, which on a ready one does not
/// suspend. What a pending call may do follows from what it keeps of the arguments (see `hold`).
/// A pending call that is dropped without having been awaited is reported, see
/// set_unawaited_handler().
///
/// Thread safety: none; a call belongs to the one that made it.
template <class T, class Function>
class [[nodiscard]] call : private detail::call_state<T, typename Function::arguments> {
  using state = detail::call_state<T, typename Function::arguments>;
  using value_type = std::remove_reference_t<T>;

 public:
  using smartasync_native = void;
  static constexpr hold held = Function::arguments::held;

  /// For stubs: looks at the context and calls the function, or keeps the arguments.
  template <class... Arguments>
  [[gnu::always_inline]] call(by_context_t, Arguments&&... arguments)
      : state(detail::call_of<Function>(), static_cast<Arguments&&>(arguments)...) {}

  /// Deleted where what it keeps is kept in place.
  call(call&&) = default;
  call& operator=(call&&) = delete;
  /// Reports a pending call that nobody has awaited.
  ~call() { this->mark().report_unless_taken(Function::site); }

  /// Takes the value out of a ready call.
  T get() && { return this->take(Function::site); }

  /// Looks at the value of a ready call.
  const value_type& get() const& { return this->value(Function::site); }

  T operator*() && { return this->take(Function::site); }
  const value_type& operator*() const& { return this->value(Function::site); }

  value_type* operator->() { return std::addressof(this->value(Function::site)); }
  const value_type* operator->() const { return std::addressof(this->value(Function::site)); }

  /// Takes the value out of a ready call.
  operator T() && { return this->take(Function::site); }

  /// A scalar costs nothing to copy, so a named call converts as well.
  operator T() const&
    requires std::is_scalar_v<T>
  {
    return this->value(Function::site);
  }

  /// Tells whether the value is there; a pending call says false until it has been awaited, and
  /// then too: its value went to the awaiter.
  bool ready() const noexcept { return this->is_ready(); }

  /// Awaited, once: runs what is pending, and gives the value or throws what the function throws.
  auto operator co_await() noexcept { return detail::operation_awaiter<T, Function, state>(*this); }

  /// Makes a lazy task of a call that borrows nothing.
  task<T> to_task() &&
    requires(held == hold::owned)
  {
    return detail::as_task(std::move(*this));
  }
};

/// A call without a value. It may be ignored where it is ready, and only there.
template <class Function>
class call<void, Function> : private detail::call_state<void, typename Function::arguments> {
  using state = detail::call_state<void, typename Function::arguments>;

 public:
  using smartasync_native = void;
  static constexpr hold held = Function::arguments::held;

  /// For stubs: looks at the context and calls the function, or keeps the arguments.
  template <class... Arguments>
  [[gnu::always_inline]] call(by_context_t, Arguments&&... arguments)
      : state(detail::call_of<Function>(), static_cast<Arguments&&>(arguments)...) {}

  /// Deleted where what it keeps is kept in place.
  call(call&&) = default;
  call& operator=(call&&) = delete;
  /// Reports a pending call that nobody has awaited.
  ~call() { this->mark().report_unless_taken(Function::site); }

  /// Makes sure that the call is done; throws blocking_call_error where it is pending.
  void get() const { this->value(Function::site); }

  /// Tells whether the call is done.
  bool ready() const noexcept { return this->is_ready(); }

  /// Awaited, once: runs what is pending, or throws what the function throws.
  auto operator co_await() noexcept {
    return detail::operation_awaiter<void, Function, state>(*this);
  }

  /// Makes a lazy task of a call that borrows nothing.
  task<void> to_task() &&
    requires(held == hold::owned)
  {
    return detail::as_task(std::move(*this));
  }
};

// Templates at namespace scope with every operand deduced: as hidden friends their constraints
// would depend on themselves (CWG 2369).

/// Compares the value of a ready call, so that `EXPECT_EQ(add(1), 2)` compiles.
template <class T, class Function, class Other>
  requires requires(const std::remove_reference_t<T>& value, const Other& other) {
    { value == other } -> std::convertible_to<bool>;
  }
bool operator==(const call<T, Function>& left, const Other& right) {
  return left.get() == right;
}

/// Prints the value of a ready call.
template <class T, class Function>
  requires requires(std::ostream& out, const std::remove_reference_t<T>& value) { out << value; }
std::ostream& operator<<(std::ostream& out, const call<T, Function>& printed) {
  return out << printed.get();
}

}  // namespace smartasync
