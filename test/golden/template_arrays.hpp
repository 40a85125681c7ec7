// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>

namespace golden {

template <class T, std::size_t Size>
[[smartasync]] T sum(const std::array<T, Size>& values) {
  T total{};
  for (const T& each : values) total += each;
  return total;
}

template <class T, std::size_t Size>
[[smartasync]] T sum(const T (&values)[Size]) {
  T total{};
  for (const T& each : values) total += each;
  return total;
}

template <class T>
[[smartasync]] T at(const T* values, std::size_t index) {
  return values[index];
}

}  // namespace golden
