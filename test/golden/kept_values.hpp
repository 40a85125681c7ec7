// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <cstddef>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace golden {

[[smartasync]] inline std::string moved(std::string text) { return text; }
[[smartasync]] inline int stolen(std::unique_ptr<int>&& number) {
  const std::unique_ptr<int> mine = std::move(number);
  return *mine;
}
[[smartasync]] inline std::string copied(const std::string& text) { return text; }
[[smartasync]] inline smartasync::task<std::string> viewed(std::string_view text) {
  co_return std::string(text);
}
[[smartasync]] inline int summed(std::span<const int> numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0);
}
[[smartasync(own = "text")]] inline std::string letters(const char* text) {
  return text == nullptr ? "null" : text;
}
[[smartasync(own = "number")]] inline int target(const int* number) { return *number; }
[[smartasync]] inline int elements(const int (&numbers)[3]) {
  return numbers[0] + numbers[1] + numbers[2];
}
[[smartasync]] inline int called(int (*function)(int), int argument) { return function(argument); }
[[smartasync]] inline std::size_t many(int a, std::string b, const std::string& c,
                                       std::string_view d, double e) {
  return b.size() + c.size() + d.size() + static_cast<std::size_t>(a) + static_cast<std::size_t>(e);
}

}  // namespace golden
