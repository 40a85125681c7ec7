// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <memory>
#include <string>
#include <utility>

namespace golden {

// What comes as an lvalue is borrowed, what comes as an rvalue is kept.
template <class T>
[[smartasync]] bool is_lvalue(T&&) {
  return std::is_lvalue_reference_v<T>;
}

template <class T>
[[smartasync]] void append(T& to, const T& what) {
  to += what;
}

template <class T>
[[smartasync]] smartasync::task<std::unique_ptr<T>> boxed(T&& value) {
  co_return std::make_unique<T>(std::move(value));
}

}  // namespace golden
