// SPDX-License-Identifier: MIT
// A call belongs to the one that made it.
// says: deleted|delete
#include "call_functions.hpp"

void use() {
  auto made = call_test::stub<call_test::shout>("hey");
#ifdef MISUSE
  auto copied = made;
#else
  auto copied = std::move(made);
#endif
  static_cast<void>(copied);
}
