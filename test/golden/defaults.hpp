// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

inline int calls_of_next = 0;
inline int next() { return ++calls_of_next; }
inline constexpr int step = 10;

[[smartasync]] inline smartasync::task<int> sum(int a, int b = 1, int c = step) {
  co_return a + b + c;
}

[[smartasync]] inline int numbered(int a = next()) { return a; }

class Counter {
 public:
  [[smartasync]] int count(int first = start, std::string name = "x", int by = secret()) const {
    return first + by + static_cast<int>(name.size());
  }
  static constexpr int start = 100;

 private:
  static int secret() { return 7; }
};

}  // namespace golden
