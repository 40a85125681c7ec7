// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <memory>
#include <string>
#include <vector>

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

// A class template that derives from an instance that its own parameters decide.
template <class T, class Allocator = std::allocator<T>>
class List {
 public:
  using value_type = T;
  [[smartasync]] void push(const value_type& value) { values_.push_back(value); }
  void push(int count, const T& value) { values_.insert(values_.end(), count, value); }
  [[smartasync]] T& last() { return values_.back(); }
  [[smartasync]] smartasync::task<std::vector<T, Allocator>> all() const { co_return values_; }
  template <class U>
  [[smartasync]] U as(U fallback) const {
    return values_.empty() ? fallback : U(values_.back());
  }
  [[smartasync]] int size() const { return static_cast<int>(values_.size()); }

 private:
  std::vector<T, Allocator> values_;
};

template <class K, class V>
class Ring : public List<V*> {
 public:
  [[smartasync]] K key() const { return K(); }
};

template <class V>
class Named : public Ring<std::string, V> {
 public:
  // Hides the base's.
  [[smartasync]] std::string size() const { return "many"; }
};

}  // namespace golden
