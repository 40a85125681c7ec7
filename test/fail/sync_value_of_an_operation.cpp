// SPDX-License-Identifier: MIT
// What the async entry returns can only be awaited.
// says: conver
#include "call_functions.hpp"

void use() {
#ifdef MISUSE
  const int sum = call_test::pending<call_test::add>(1, 2);
#else
  const int sum = call_test::stub<call_test::add>(1, 2);
#endif
  static_cast<void>(sum);
}
