// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <string>

namespace golden {

template <std::integral T>
class Counter {
 public:
  [[smartasync]] T next() { return ++last_; }

 private:
  T last_{};
};

template <class T>
  requires(!std::integral<T>)
class Holder {
 public:
  explicit Holder(T value) : value_(value) {}
  [[smartasync]] T get() const { return value_; }

 private:
  T value_;
};

}  // namespace golden
