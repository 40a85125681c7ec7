// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace golden {

// What a pending call keeps is decided by the types it is instantiated with.
template <class View>
[[smartasync]] std::string text_of(View view) {
  return std::string(view.begin(), view.end());
}

template <class T>
[[smartasync]] std::size_t size_of(const T& whole) {
  return whole.size();
}

template <class T>
[[smartasync]] const T& same(const T& whole) {
  return whole;
}

template <class T>
[[smartasync(own = "text")]] std::string owned(const char* text, T suffix) {
  return text + suffix;
}

template <class T>
[[smartasync(borrow = "whole")]] const void* place(const T& whole) {
  return &whole;
}

}  // namespace golden
