// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace golden {

[[smartasync]] inline int sum(std::span<const int> values) {
  int total = 0;
  for (const int each : values) total += each;
  return total;
}
[[smartasync]] inline void fill(std::span<int> values, int with) {
  for (int& each : values) each = with;
}
[[smartasync]] inline std::size_t letters(std::span<const std::string> words) {
  std::size_t count = 0;
  for (const std::string& each : words) count += each.size();
  return count;
}
[[smartasync]] inline std::string text(std::string_view from, std::wstring_view wide) {
  return std::string(from) + std::to_string(wide.size());
}
[[smartasync]] inline int fixed(std::span<const int, 2> values) { return values[0] - values[1]; }

}  // namespace golden
