// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

namespace golden {

class Sealed final {
 public:
  [[smartasync]] int id() const { return 1; }
  [[smartasync]] static int count() { return 2; }
};

union Number {
  int whole;
  double broken;
  [[smartasync]] int as_int() const { return whole; }
};

class Undying {
 public:
  static Undying& the() {
    static Undying* one = new Undying;
    return *one;
  }
  [[smartasync]] smartasync::task<int> id() { co_return 3; }

 private:
  Undying() = default;
  ~Undying() = default;
};

}  // namespace golden
