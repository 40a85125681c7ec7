// SPDX-License-Identifier: MIT
// A call stays the call of the arguments that it was made with.
// says: deleted|overload
#include "call_functions.hpp"

smartasync::task<int> use() {
  auto first = call_test::pending<call_test::add>(1, 2);
#ifdef MISUSE
  first = call_test::pending<call_test::add>(3, 4);
#endif
  co_return co_await first;
}
