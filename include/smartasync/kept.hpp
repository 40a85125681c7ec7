// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "smartasync/is_view.hpp"
#include "smartasync/keep.hpp"

namespace smartasync {
namespace detail {

/// kept_wish is what the attribute's `borrow` and `own` ask of an argument.
enum class kept_wish { none, borrow, own };

/// std::vector says that it can be copied, whatever is in it.
template <class T>
concept elements_copy =
    !requires { typename T::value_type; } || std::is_copy_constructible_v<typename T::value_type>;

template <class T>
consteval bool can_copy() {
  using element = std::remove_all_extents_t<T>;
  if constexpr (!complete<element>) {
    return false;
  } else if constexpr (std::is_polymorphic_v<element>) {
    return false;
  } else if constexpr (std::is_class_v<element>) {
    return std::is_copy_constructible_v<element> && elements_copy<element>;
  } else {
    return std::is_copy_constructible_v<element>;
  }
}

/// Whether a T&& can be moved into a T that is the same thing.
template <class T>
consteval bool can_move() {
  if constexpr (!complete<std::remove_all_extents_t<T>>) {
    return false;
  } else if constexpr (std::is_class_v<T>) {
    return std::is_move_constructible_v<T> && !std::is_polymorphic_v<T>;
  } else {
    return true;
  }
}

/// The owning type of a view over one; void for what is none.
template <class T>
struct owner_of {
  using type = void;
};
template <class Character, class Traits>
struct owner_of<std::basic_string_view<Character, Traits>> {
  using type = std::basic_string<Character, Traits>;
};
template <class T>
  requires(can_copy<T>() && !is_view_v<T> && !std::same_as<T, bool>)
struct owner_of<std::span<const T>> {
  using type = std::vector<T>;
};

template <class T>
inline constexpr bool is_text = false;
template <class T>
  requires(std::same_as<T, char> || std::same_as<T, wchar_t> || std::same_as<T, char8_t> ||
           std::same_as<T, char16_t> || std::same_as<T, char32_t>)
inline constexpr bool is_text<const T*> = true;

template <class T>
inline constexpr bool is_object_pointer =
    std::is_pointer_v<T> && !std::is_function_v<std::remove_pointer_t<T>>;

/// A result into which arguments may be built: what it refers to must outlive the call.
template <class Result>
consteval bool may_point() {
  if constexpr (std::is_void_v<Result>) {
    return false;
  } else {
    return is_view_v<Result>;
  }
}

/// The table of the contract, row by row: the first that fits the type without its reference.
template <class Parameter, class Result, kept_wish Wish>
consteval auto choose_kept() {
  using bare = std::remove_reference_t<Parameter>;
  using value = std::remove_cv_t<bare>;
  using passed = std::conditional_t<std::is_lvalue_reference_v<Parameter>, Parameter, value>;
  using owner = typename owner_of<value>::type;
  constexpr bool borrows =
      Wish == kept_wish::borrow || (Wish == kept_wish::none && may_point<Result>());
  constexpr bool is_written_to =
      std::is_lvalue_reference_v<Parameter> && (!std::is_const_v<bare> || std::is_volatile_v<bare>);
  if constexpr (std::is_function_v<value>) {
    return std::type_identity<moved<Parameter>>();
  } else if constexpr (is_written_to) {
    static_assert(Wish != kept_wish::own, "what the function may change is the caller's own");
    if constexpr (is_view_v<value> && !std::is_pointer_v<value>) {
      return std::type_identity<in_place<Parameter>>();
    } else {
      return std::type_identity<borrowed<Parameter>>();
    }
  } else if constexpr (!std::is_void_v<owner>) {
    if constexpr (borrows) {
      return std::type_identity<in_place<passed>>();
    } else {
      return std::type_identity<viewed<value, owner>>();
    }
  } else if constexpr (std::is_pointer_v<value> && !std::is_reference_v<Parameter>) {
    if constexpr (!is_object_pointer<value>) {
      return std::type_identity<moved<value>>();
    } else if constexpr (Wish == kept_wish::own && std::same_as<value, const char*>) {
      return std::type_identity<owned_text>();
    } else if constexpr (Wish == kept_wish::own) {
      return std::type_identity<owned_target<std::remove_pointer_t<value>>>();
    } else if constexpr (is_text<value>) {
      return std::type_identity<in_place<value>>();
    } else {
      return std::type_identity<borrowed<value>>();
    }
  } else if constexpr (Wish != kept_wish::own && is_view_v<value>) {
    return std::type_identity<in_place<passed>>();
  } else if constexpr (std::is_rvalue_reference_v<Parameter> && !can_move<value>()) {
    return std::type_identity<in_place<Parameter>>();
  } else if constexpr (std::is_lvalue_reference_v<Parameter>) {
    if constexpr (borrows || !can_copy<value>()) {
      return std::type_identity<in_place<Parameter>>();
    } else {
      return std::type_identity<copied<value>>();
    }
  } else {
    return std::type_identity<moved<value>>();
  }
}

}  // namespace detail

/// kept is the policy of a parameter that a template's arguments decide: what the generator decides
/// for every other one, with is_view for what it knows of classes. `Parameter` is as declared, with
/// its reference; where `Result` may point into arguments, views and `const T&` are borrowed.
template <class Parameter, class Result>
using kept =
    typename decltype(detail::choose_kept<Parameter, Result, detail::kept_wish::none>())::type;

/// kept_borrowed is the same with the attribute's `borrow`.
template <class Parameter>
using kept_borrowed =
    typename decltype(detail::choose_kept<Parameter, void, detail::kept_wish::borrow>())::type;

/// kept_owned is the same with the attribute's `own`.
template <class Parameter>
using kept_owned =
    typename decltype(detail::choose_kept<Parameter, void, detail::kept_wish::own>())::type;

}  // namespace smartasync
