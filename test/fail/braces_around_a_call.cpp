// SPDX-License-Identifier: MIT
// Braces around a call that converts to a narrower type narrow: take the value with `*` and cast.
// says: narrow|cannot be narrowed
#include "call_functions.hpp"

void use() {
#ifdef MISUSE
  const short sum{call_test::stub<call_test::add>(1, 2)};
#else
  const short sum{static_cast<short>(*call_test::stub<call_test::add>(1, 2))};
#endif
  static_cast<void>(sum);
}
