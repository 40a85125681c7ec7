// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "smartasync/site.hpp"

namespace smartasync::detail {

/// The serial lane of a call: that of the object, which is the first argument where `Function`
/// names its class as `object`, or else the function's own. Null where the function is not serial.
template <class Function>
const void* lane_key() noexcept {
  if constexpr (Function::site.serial) {
    return &Function::site;
  } else {
    return nullptr;
  }
}

template <class Function, class First, class... Rest>
const void* lane_key(First& first, Rest&...) noexcept {
  if constexpr (!Function::site.serial) {
    return nullptr;
  } else if constexpr (requires { typename Function::object; }) {
    return std::addressof(first);
  } else {
    return &Function::site;
  }
}

}  // namespace smartasync::detail
