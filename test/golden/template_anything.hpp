// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <type_traits>
#include <utility>

namespace golden {

// Templates that take anything at all must not take the tags.
template <class... Ts>
[[smartasync]] int anything(Ts&&...) {
  return static_cast<int>(sizeof...(Ts));
}

template <class T>
[[smartasync]] std::string one(T) {
  return "one";
}

template <class T, class U>
[[smartasync]] std::string one(T, U) {
  return "two";
}

struct sink {
  template <class T>
  [[smartasync]] bool put(const T&) {
    return true;
  }
  [[smartasync]] bool put(int) { return false; }
};

}  // namespace golden
