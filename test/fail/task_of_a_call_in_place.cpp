// SPDX-License-Identifier: MIT
// A task may outlive what a call in place points to.
// says: to_task
#include "call_functions.hpp"

void use(const std::string& text) {
#ifdef MISUSE
  auto made = call_test::stub<call_test::measure>(text).to_task();
#else
  auto made = call_test::stub<call_test::shout>(text).to_task();
#endif
  static_cast<void>(made);
}
