// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <cstddef>
#include <map>
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

// Types of members of what is itself a parameter.
template <class K, class V, template <class...> class Map>
class Table {
 public:
  [[smartasync]] typename Map<K, V>::size_type put(K key, V value) {
    entries_.insert_or_assign(std::move(key), std::move(value));
    return entries_.size();
  }
  [[smartasync]] const typename Map<K, V>::mapped_type& at(const K& key) const {
    return entries_.at(key);
  }

 private:
  Map<K, V> entries_;
};

}  // namespace golden
