// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <concepts>
#include <string>

namespace golden {

[[smartasync]] int add(std::integral auto left, auto right) {
  return static_cast<int>(left) + static_cast<int>(right);
}

[[smartasync]] auto first(const auto& from, auto&&...) { return *from.begin(); }

[[smartasync]] smartasync::task<int> size(const auto& of) { co_return static_cast<int>(of.size()); }

}  // namespace golden
