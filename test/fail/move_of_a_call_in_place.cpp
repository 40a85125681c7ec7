// SPDX-License-Identifier: MIT
// A call in place may point into temporaries of its expression, and so stays there.
// says: deleted|delete|no matching|could not convert
#include "call_functions.hpp"

void use(const std::string& text) {
  auto made = call_test::stub<call_test::measure>(text);
#ifdef MISUSE
  auto moved = std::move(made);
  static_cast<void>(moved);
#endif
}
