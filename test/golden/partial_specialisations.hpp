// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

template <class T, class U>
class Pair {
 public:
  [[smartasync]] std::string name() const { return "any"; }
};

template <class T>
class Pair<T, T*> {
 public:
  [[smartasync]] smartasync::task<std::string> name() const { co_return "pointer"; }
};

template <>
class Pair<int, char> {
 public:
  [[smartasync]] std::string name() const { return "exact"; }
};

}  // namespace golden
