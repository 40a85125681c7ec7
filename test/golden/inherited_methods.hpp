// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

class Base {
 public:
  [[smartasync]] int id() const { return 1; }
  [[smartasync]] std::string name() const { return "base"; }
  int plain() const { return 2; }
};

class Derived : public Base {
 public:
  // Hides the base's, with what it has.
  [[smartasync]] std::string name() const { return "derived"; }
  [[smartasync]] smartasync::task<int> own() const { co_return 3; }
};

class Leaf : public Derived {};

}  // namespace golden
