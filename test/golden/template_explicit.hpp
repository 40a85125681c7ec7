// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <cstddef>
#include <string>

namespace golden {

enum class unit { meter, mile };

template <class To, class From>
[[smartasync]] To convert(From value) {
  return To(value);
}

template <unit Of, std::size_t Times = 1>
[[smartasync]] std::string measure(int count) {
  return std::to_string(count * static_cast<int>(Times)) + (Of == unit::meter ? "m" : "mi");
}

template <class T = int>
[[smartasync]] smartasync::task<T> made() {
  co_return T{};
}

}  // namespace golden
