// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

namespace golden {

// The result is what the callable's is, and so is the kind of the entries.
template <class F, class... Ts>
[[smartasync]] auto apply(F f, Ts&&... values) {
  return f(std::forward<Ts>(values)...);
}

template <class F>
[[smartasync]] decltype(auto) visit(std::string& text, F f) {
  return f(text);
}

}  // namespace golden
