// SPDX-License-Identifier: MIT
#include "golden/adapted_awaitables.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop() {
  CHECK(co_await golden::smart::answer(2) == 42);
}

}  // namespace

int main() {
  CHECK(golden::smart::answer(1) == 21);
  CHECK(golden::smart::answer(smartasync::sync, 3) == 63);
  smartasync::run(on_a_loop());
  return golden::ended_after(3);
}
