// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

namespace golden {

class Final final {
 public:
  [[smartasync]] smartasync::task<int> get() const { co_return 1; }
  [[smartasync]] void set(int& where) { where = 2; }
  [[smartasync]] static int three() { return 3; }
};

union Either {
  int number = 4;
  float real;
  [[smartasync]] int get() const { return number; }
};

class Service {
 public:
  virtual ~Service() = default;
  [[smartasync]] virtual smartasync::task<int> call() { co_return 5; }
};

class Better : public Service {
 public:
  smartasync::task<int> call() override { co_return 6; }
};

class Undying {
 public:
  static Undying& the() {
    static Undying& one = *new Undying;
    return one;
  }
  [[smartasync]] int get() const { return 7; }

 private:
  ~Undying() = default;
};

}  // namespace golden
