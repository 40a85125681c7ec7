// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

namespace golden {

template <class T>
concept sized = requires(const T& value) {
  { value.size() } -> std::convertible_to<std::size_t>;
};

namespace detail {
template <class T>
inline constexpr bool is_small = sizeof(T) <= 8;
}  // namespace detail

template <sized T>
[[smartasync]] std::size_t size_of(const T& value) {
  return value.size();
}

template <class T>
  requires detail::is_small<T> && (!sized<T>)
[[smartasync]] int rank(T) {
  return 1;
}

template <class T>
  requires(detail::is_small<T> && !sized<T> && std::integral<T>)
[[smartasync]] int weight(T) {
  return 2;
}

// Of two that fit, the more constrained is meant, by the entries as by the functions.
template <class T>
[[smartasync]] int grade(T) {
  return 1;
}
template <std::integral T>
[[smartasync]] int grade(T) {
  return 2;
}

template <class T>
[[smartasync]] int behind(T) requires std::is_enum_v<T> {
  return 3;
}

}  // namespace golden
