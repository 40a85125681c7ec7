// SPDX-License-Identifier: MIT
// A combinator over a call in place refers to it, and stays where it is.
// says: deleted|delete|no matching|could not convert
#include "call_functions.hpp"
#include "smartasync/when_all.hpp"

void use(int& count, const std::string& text) {
#ifdef MISUSE
  auto both = smartasync::when_all(call_test::pending<call_test::measure>(text),
                                   call_test::pending<call_test::touch>(count));
#else
  auto both = smartasync::when_all(call_test::pending<call_test::touch>(count),
                                   call_test::pending<call_test::touch>(count));
  static_cast<void>(text);
#endif
  auto moved = std::move(both);
  static_cast<void>(moved);
}
