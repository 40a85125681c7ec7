// SPDX-License-Identifier: MIT
// What is spawned is moved to the loop, and a call in place cannot be moved.
// says: detachable_operand|no matching
#include "call_functions.hpp"
#include "smartasync/spawn.hpp"

void use(const std::string& text) {
#ifdef MISUSE
  smartasync::spawn(call_test::pending<call_test::measure>(text));
#else
  smartasync::spawn(call_test::pending<call_test::shout>(text));
#endif
}
