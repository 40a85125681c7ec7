// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace smartasync {

/// is_view says whether an object of the type points at what it does not own, so that a pending
/// call must not outlive the expression that made it. Specialise it for a type of your own where
/// the guess is wrong: `template <> struct smartasync::is_view<row> : std::false_type {};`.
///
/// The guess: pointers to objects, references, string views, spans and their like are views, as is
/// every container, pair, tuple, variant or other template of a view; smart pointers are none, and
/// neither are enumerations, numbers and empty classes. Of a class whose content nobody knows
/// here, one that is copied byte by byte (a closure that captures by reference, a struct of
/// pointers) is taken for a view; one that is not is taken for an owner.
template <class T>
struct is_view;

/// `is_view<T>::value`.
template <class T>
inline constexpr bool is_view_v = is_view<T>::value;

namespace detail {

/// Unknown content: bytes that may be pointers.
template <class T>
inline constexpr bool may_hide_pointers = (std::is_class_v<T> || std::is_union_v<T>) &&
                                          !std::is_empty_v<T> && std::is_trivially_copyable_v<T>;

template <class T>
inline constexpr bool is_view_by_content = may_hide_pointers<T>;

/// Templates are looked into; what is known to hold its arguments alone is no more than they are.
template <template <class...> class Template, class... Arguments>
inline constexpr bool is_view_by_content<Template<Arguments...>> =
    (is_view_v<Arguments> || ...) || may_hide_pointers<Template<Arguments...>>;

template <class... T>
inline constexpr bool is_view_by_content<std::tuple<T...>> = (is_view_v<T> || ...);
template <class... T>
inline constexpr bool is_view_by_content<std::variant<T...>> = (is_view_v<T> || ...);
template <class T, class U>
inline constexpr bool is_view_by_content<std::pair<T, U>> = is_view_v<T> || is_view_v<U>;
template <class T>
inline constexpr bool is_view_by_content<std::optional<T>> = is_view_v<T>;
template <class T, std::size_t Size>
inline constexpr bool is_view_by_content<std::array<T, Size>> = is_view_v<T>;
template <class Number, class Period>
inline constexpr bool is_view_by_content<std::chrono::duration<Number, Period>> = false;
template <class Clock, class Duration>
inline constexpr bool is_view_by_content<std::chrono::time_point<Clock, Duration>> = false;

// Owners, whatever they own.
template <class T, class Deleter>
inline constexpr bool is_view_by_content<std::unique_ptr<T, Deleter>> = false;
template <class T>
inline constexpr bool is_view_by_content<std::shared_ptr<T>> = false;
template <class T>
inline constexpr bool is_view_by_content<std::weak_ptr<T>> = false;
template <class Signature>
inline constexpr bool is_view_by_content<std::function<Signature>> = false;

// Views that are copied byte by byte are found without being named.
template <class T>
inline constexpr bool is_view_by_content<std::reference_wrapper<T>> = true;
template <class T>
inline constexpr bool is_view_by_content<std::initializer_list<T>> = true;
template <class Character, class Traits>
inline constexpr bool is_view_by_content<std::basic_string_view<Character, Traits>> = true;
template <class T, std::size_t Extent>
inline constexpr bool is_view_by_content<std::span<T, Extent>> = true;

template <class T>
concept complete = requires { sizeof(T); };

template <class T>
constexpr bool guess_view() {
  if constexpr (std::is_reference_v<T>) {
    return true;
  } else if constexpr (std::is_pointer_v<T>) {
    return !std::is_function_v<std::remove_pointer_t<T>>;
  } else if constexpr (std::is_array_v<T>) {
    return is_view_v<std::remove_all_extents_t<T>>;
  } else if constexpr (std::is_class_v<T> || std::is_union_v<T>) {
    // Of a class that is only declared nothing is known; it is borrowed for that reason.
    if constexpr (complete<T>) return is_view_by_content<T>;
    return false;
  } else {
    return false;
  }
}

}  // namespace detail

template <class T>
struct is_view : std::bool_constant<detail::guess_view<T>()> {};
template <class T>
struct is_view<const T> : is_view<T> {};
template <class T>
struct is_view<volatile T> : is_view<T> {};
template <class T>
struct is_view<const volatile T> : is_view<T> {};

}  // namespace smartasync
