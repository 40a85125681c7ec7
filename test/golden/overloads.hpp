// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>
#include <string_view>

namespace golden {

[[smartasync]] inline std::string name(int) { return "int"; }
[[smartasync]] inline std::string name(double) { return "double"; }
[[smartasync]] inline smartasync::task<std::string> name(std::string) { co_return "string"; }
[[smartasync]] inline std::string name(int, int) { return "two"; }

class Table {
 public:
  [[smartasync]] std::string at(int) { return "mutable"; }
  [[smartasync]] std::string at(int) const { return "const"; }
  [[smartasync]] std::string at(std::string_view) { return "text"; }
  std::string at(char) { return "without entries"; }
  std::string at() const { return "nothing"; }
};

}  // namespace golden
