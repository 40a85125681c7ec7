// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

#include "smartasync/awaitable.hpp"
#include "smartasync/detail/child.hpp"
#include "smartasync/detail/outcome.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// What an operand is made of, as one argument: tuples and optionals make it in place.
template <class T, class Owner>
struct operand_source {
  Owner& owner;
  task<T>& work;
};

/// A child of a combinator: calls `owner.settle(*this)` when it has ended.
template <class T, class Owner>
class operand final : public child<T> {
 public:
  explicit operand(operand_source<T, Owner> from) noexcept
      : child<T>(from.owner.group(), std::move(from.work), &operand::ended), owner_(from.owner) {}

 private:
  static void ended(child_base& self) noexcept {
    auto& me = static_cast<operand&>(self);
    me.owner_.settle(me);
  }

  Owner& owner_;
};

/// True for what a combinator refers to instead of keeping it: an lvalue, and what cannot be moved.
/// The combinator cannot be moved either then.
template <class A>
inline constexpr bool held_in_place =
    std::is_lvalue_reference_v<A> || !std::move_constructible<std::remove_cvref_t<A>>;

/// How the result of an operand stands in a container: void as `std::monostate`, a reference
/// wrapped.
template <class T>
using element_t = std::conditional_t<
    std::is_void_v<T>, std::monostate,
    std::conditional_t<std::is_reference_v<T>, std::reference_wrapper<std::remove_reference_t<T>>,
                       std::remove_const_t<T>>>;

/// How it stands in a tuple: void as `std::monostate`, a reference as it is.
template <class T>
using tuple_element_for = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

template <class T>
tuple_element_for<T> take_result(task_outcome<T>& from) {
  if constexpr (std::is_void_v<T>) {
    from.take();
    return {};
  } else {
    return from.take();
  }
}

}  // namespace smartasync::detail
