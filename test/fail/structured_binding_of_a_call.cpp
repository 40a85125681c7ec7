// SPDX-License-Identifier: MIT
// A structured binding looks into the call itself: take the value with `*`.
// says: decompose|accessible|binding
#include <utility>

#include "call_functions.hpp"

struct halves : call_test::sync_function<std::pair<int, int>> {
  static constexpr smartasync::site site{.function = "halves"};
  using arguments = smartasync::keep<>;
  static std::pair<int, int> invoke() { return {1, 2}; }
};

int use() {
#ifdef MISUSE
  auto [left, right] = call_test::stub<halves>();
#else
  auto [left, right] = *call_test::stub<halves>();
#endif
  return left + right;
}
