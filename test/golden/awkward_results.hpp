// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <memory>
#include <string>
#include <utility>

namespace golden {

struct no_default {
  explicit no_default(int of) : value(of) {}
  int value;
};

[[smartasync]] inline std::unique_ptr<int> boxed(int value) { return std::make_unique<int>(value); }
[[smartasync]] inline smartasync::task<std::unique_ptr<int>> fetched(int value) {
  co_return std::make_unique<int>(value);
}
[[smartasync]] inline const std::string fixed(int value) { return std::to_string(value); }
[[smartasync]] inline no_default made(int value) { return no_default(value); }
[[smartasync]] inline smartasync::task<no_default> awaited(int value) {
  co_return no_default(value);
}

}  // namespace golden
