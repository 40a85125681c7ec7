// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace golden {

inline int next() {
  static int number = 0;
  return ++number;
}

template <class T>
[[smartasync]] T scaled(T value, int by = 10) {
  return value * by;
}

// A default that is evaluated anew at each call stays the author's.
template <class T>
[[smartasync]] T numbered(T value, int number = next()) {
  return value + number;
}

template <class T>
[[smartasync]] T filled(T value = T{}) {
  return value;
}

}  // namespace golden
