// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>
#include <utility>

namespace golden {

[[smartasync]] inline auto number(int by) { return 2 * by; }

[[smartasync]] inline decltype(auto) same(std::string& text) { return (text); }

// A closure has no name, but the call that gives it has a type.
[[smartasync]] inline auto adder(int left) {
  return [left](int right) { return left + right; };
}

[[smartasync]] inline auto later(int value) -> smartasync::task<int> { co_return value; }

[[smartasync]] inline auto pair() -> std::pair<int, std::string> { return {1, "one"}; }

}  // namespace golden
