// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace golden {

using pair = std::pair<int, std::string_view>;

[[smartasync]] inline std::string of_pair(pair from) { return std::string(from.second); }
[[smartasync]] inline std::string of_tuple(const std::tuple<std::string_view, int>& from) {
  return std::string(std::get<0>(from));
}
[[smartasync]] inline std::string of_vector(std::vector<std::string_view> from) {
  return std::string(from.at(0));
}
[[smartasync]] inline std::string of_optional(std::optional<std::string_view> from) {
  return std::string(from.value_or("none"));
}
[[smartasync]] inline int of_variant(std::variant<int, const char*> from) {
  return static_cast<int>(from.index());
}
[[smartasync]] inline std::size_t of_owners(std::map<std::string, std::vector<int>> from) {
  return from.size();
}
[[smartasync]] inline int of_numbers(const std::pair<int, double>& from) { return from.first; }

}  // namespace golden
