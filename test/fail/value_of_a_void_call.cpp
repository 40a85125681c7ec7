// SPDX-License-Identifier: MIT
// A call of a function that returns nothing has no value.
// says: void|operator*
#include "call_functions.hpp"

void use(int& count) {
#ifdef MISUSE
  auto value = *call_test::stub<call_test::touch>(count);
  static_cast<void>(value);
#else
  call_test::stub<call_test::touch>(count).get();
#endif
}
