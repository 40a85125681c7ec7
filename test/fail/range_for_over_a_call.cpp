// SPDX-License-Identifier: MIT
// A range-for needs the value itself: take it with `*`.
// says: begin|dereference
#include "call_functions.hpp"

int use() {
  int letters = 0;
#ifdef MISUSE
  for (char letter : call_test::stub<call_test::shout>("hey")) letters += letter;
#else
  for (char letter : call_test::stub<call_test::shout>("hey").get()) letters += letter;
#endif
  return letters;
}
