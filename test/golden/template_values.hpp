// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

template <class T>
[[smartasync]] T twice(T value) {
  return value + value;
}

template <class T>
[[smartasync]] smartasync::task<T> later(T value) {
  co_return value;
}

// Values as parameters: of a type of their own, and with a default.
template <int First, auto Second = 'x', bool... Flags>
[[smartasync]] int added(int to) {
  return to + First + static_cast<int>(Second) + static_cast<int>(sizeof...(Flags));
}

}  // namespace golden
