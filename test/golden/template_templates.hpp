// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <list>
#include <string>
#include <vector>

namespace golden {

template <template <class...> class Container, class T>
[[smartasync]] Container<T> wrap(T value) {
  return Container<T>{value};
}

template <class T>
[[smartasync]] typename T::value_type front(const T& from) {
  return from.front();
}

template <class T>
[[smartasync]] smartasync::task<typename T::size_type> size(const T& from) {
  co_return from.size();
}

template <class T>
[[smartasync]] typename T::template rebind<int>::other rebound(const T&) {
  return {};
}

struct maker {
  template <class T>
  struct rebind {
    using other = std::vector<T>;
  };
};

}  // namespace golden
