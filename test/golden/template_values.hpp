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

}  // namespace golden
