// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>

namespace golden {

template <class T, std::enable_if_t<std::is_integral_v<T>, int> = 0>
[[smartasync]] T half(T value) {
  return value / 2;
}

template <class, class = void>
[[smartasync]] int nameless() {
  return 4;
}

template <class T>
[[smartasync]] int ignored(T, const T&) {
  return 5;
}

// Parameters with names that the emitted classes use themselves.
template <class object, class result>
[[smartasync]] result cast(object self) {
  return static_cast<result>(self);
}

}  // namespace golden
