// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace golden {

template <class K, class V>
class Cell {
 public:
  explicit Cell(V value) : value_(std::move(value)) {}

  template <class F>
  [[smartasync]] auto visit(F f) const {
    return f(value_);
  }
  template <class T>
  [[smartasync]] static T convert(V from) {
    return T(from);
  }
  template <class T>
    requires(sizeof(T) >= sizeof(V))
  [[smartasync]] smartasync::task<T> widened() const {
    co_return T(value_);
  }
  [[smartasync]] bool less(const Cell& other) const requires requires(V v) { v < v; } {
    return value_ < other.value_;
  }

 private:
  V value_;
};

// A member template of a class with a pack.
template <class... Ts>
class Registry {
 public:
  template <class F>
  [[smartasync]] int each(F f) const {
    return (f(Ts{}) + ... + 0);
  }
};

}  // namespace golden
