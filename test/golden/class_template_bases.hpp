// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

template <class T>
class Store {
 public:
  [[smartasync]] T load(int key) const { return T(key); }
};

// A class that derives from an instance has its entries.
class Numbers : public Store<double> {
 public:
  [[smartasync]] smartasync::task<int> count() const { co_return 2; }
};

class Plain {
 public:
  [[smartasync]] int id() const { return 9; }
};

template <class T>
class Typed : public Plain {
 public:
  [[smartasync]] T value() const { return T(1); }
};

}  // namespace golden
