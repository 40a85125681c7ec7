// SPDX-License-Identifier: MIT
// Calls that move are collected for a combinator; one in place is not.
// says: deleted|delete|no matching|static assertion|constructible
#include "call_functions.hpp"

void use(int& count, const std::string& text) {
#ifdef MISUSE
  std::vector<decltype(call_test::pending<call_test::measure>(text))> calls;
  calls.push_back(call_test::pending<call_test::measure>(text));
#else
  std::vector<decltype(call_test::pending<call_test::touch>(count))> calls;
  calls.push_back(call_test::pending<call_test::touch>(count));
  static_cast<void>(text);
#endif
}
