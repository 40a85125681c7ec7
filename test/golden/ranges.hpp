// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <ranges>
#include <string>
#include <vector>

namespace golden {

template <std::ranges::input_range Range>
[[smartasync]] long long total(Range&& of) {
  long long sum = 0;
  for (const auto& each : of) sum += each;
  return sum;
}

template <class Range>
  requires std::ranges::sized_range<const Range&>
[[smartasync]] smartasync::task<std::size_t> size(const Range& of) {
  co_return std::ranges::size(of);
}

}  // namespace golden
