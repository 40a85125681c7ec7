// SPDX-License-Identifier: MIT
// A task may outlive what a scoped call borrows.
// says: to_task
#include "call_functions.hpp"

void use(int& count) {
#ifdef MISUSE
  auto made = call_test::pending<call_test::touch>(count).to_task();
#else
  auto made = call_test::pending<call_test::add>(count, 1).to_task();
#endif
  static_cast<void>(made);
}
