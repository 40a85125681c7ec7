// SPDX-License-Identifier: MIT
// What is spawned may outlive what a scoped call borrows.
// says: detachable_operand|no matching
#include "call_functions.hpp"
#include "smartasync/spawn.hpp"

void use(int& count) {
#ifdef MISUSE
  smartasync::spawn(call_test::pending<call_test::touch>(count));
#else
  smartasync::spawn(call_test::pending<call_test::add>(count, 1));
#endif
}
