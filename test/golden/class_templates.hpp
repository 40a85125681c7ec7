// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>
#include <utility>
#include <vector>

namespace golden {

/// A list with a limit.
template <class T, int Limit = 3>
class Bounded {
 public:
  using value_type = T;
  struct place {
    int index;
  };

  Bounded() = default;
  explicit Bounded(T first) { values_.push_back(std::move(first)); }

  /// True if there was room.
  [[smartasync]] bool push(T value) {
    if (static_cast<int>(values_.size()) == Limit) return false;
    values_.push_back(std::move(value));
    return true;
  }
  [[smartasync]] value_type at(int index) const { return values_[static_cast<std::size_t>(index)]; }
  [[smartasync]] value_type at(place where) const { return at(where.index); }
  [[smartasync]] smartasync::task<int> size() const { co_return static_cast<int>(values_.size()); }
  [[smartasync]] Bounded reversed() const {
    Bounded other;
    other.values_.assign(values_.rbegin(), values_.rend());
    return other;
  }
  [[smartasync]] static Bounded of(T first, T second) {
    Bounded made(first);
    made.push(second);
    return made;
  }
  [[smartasync]] place last() const { return {static_cast<int>(values_.size()) - 1}; }

 private:
  std::vector<T> values_;
};

}  // namespace golden
