// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

[[smartasync]] inline int unnamed(int, const std::string&, int = 3) { return 1; }

// Names that the entries use themselves.
[[smartasync]] inline int tags(int sync, int async) { return sync - async; }
[[smartasync]] inline int members(int site, int kind, int result, int arguments, int invoke) {
  return site + kind + result + arguments + invoke;
}

class Client {
 public:
  [[smartasync]] int call(int self, int object_, int base) const { return self + object_ + base; }
  [[smartasync]] smartasync::task<int> wait(int call, int operation, int stop) {
    co_return call + operation + stop;
  }
};

}  // namespace golden
