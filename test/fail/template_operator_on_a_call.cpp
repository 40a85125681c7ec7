// SPDX-License-Identifier: MIT
// The operators of std::string are templates, which deduce no conversion: take the value with `*`.
// says: no match|invalid operands
#include "call_functions.hpp"

std::string use() {
#ifdef MISUSE
  return "I say " + call_test::stub<call_test::shout>("hey");
#else
  return "I say " + *call_test::stub<call_test::shout>("hey");
#endif
}
