// SPDX-License-Identifier: MIT
#include "golden/debug_functions.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop() {
  CHECK(co_await golden::smart::watched(1) == 1);
  CHECK(co_await golden::smart::also(2) == 2);
}

}  // namespace

int main() {
  CHECK(golden::smart::watched(3) == 3);
  CHECK(golden::smart::also(smartasync::sync, 4) == 4);
  smartasync::run(on_a_loop());
  return golden::ended_after(4);
}
