// SPDX-License-Identifier: MIT
// A template parameter cannot be deduced through a conversion: take the value with `*`.
// says: no matching
#include "call_functions.hpp"

template <class Element>
void each(const std::vector<Element>&) {}

struct numbers : call_test::sync_function<std::vector<int>> {
  static constexpr smartasync::site site{.function = "numbers"};
  using arguments = smartasync::keep<>;
  static std::vector<int> invoke() { return {1, 2}; }
};

void use() {
#ifdef MISUSE
  each(call_test::stub<numbers>());
#else
  each(*call_test::stub<numbers>());
#endif
}
