// SPDX-License-Identifier: MIT
#pragma once

#include <cstring>
#include <string>
#include <vector>

namespace golden {

struct settings {
  int level = 1;
};

[[smartasync(own = "text")]] inline std::size_t length(const char* text) {
  return text == nullptr ? 0 : std::strlen(text);
}
[[smartasync(own = "from")]] inline int level(const settings* from) { return from->level; }
[[smartasync(borrow = "text")]] inline const void* place(const std::string& text) { return &text; }
[[smartasync(borrow)]] inline bool all(const std::string& one, const std::string& two) {
  return one == two;
}
[[smartasync(own = "left", borrow = "right")]] inline int mixed(const char* left,
                                                               const std::vector<int>& right) {
  return static_cast<int>(std::strlen(left) + right.size());
}

}  // namespace golden
