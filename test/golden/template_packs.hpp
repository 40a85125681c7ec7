// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>
#include <utility>

namespace golden {

template <class... Ts>
[[smartasync]] int count(Ts&&...) {
  return static_cast<int>(sizeof...(Ts));
}

template <class First, class... Rest>
[[smartasync]] smartasync::task<First> sum(First first, Rest... rest) {
  co_return (first + ... + rest);
}

// A pack that is not the last parameter.
template <class... Ts, class R>
[[smartasync]] R call(R (*function)(Ts...), Ts... values) {
  return function(std::move(values)...);
}

template <int... Numbers>
[[smartasync]] int total() {
  return (Numbers + ... + 0);
}

}  // namespace golden
