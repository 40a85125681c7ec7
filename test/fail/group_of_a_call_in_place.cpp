// SPDX-License-Identifier: MIT
// A group keeps its members, and a call in place cannot be kept.
// says: spawnable|no matching
#include "call_functions.hpp"
#include "smartasync/task_group.hpp"

void use(smartasync::task_group<void>& group, int& count, const std::string& text) {
#ifdef MISUSE
  group.spawn(call_test::pending<call_test::measure>(text));
#else
  group.spawn(call_test::pending<call_test::touch>(count));
  static_cast<void>(text);
#endif
}
