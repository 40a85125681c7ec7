// SPDX-License-Identifier: MIT
#include "golden/foreign_awaitables.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::at_once(1) == 1);
  CHECK(co_await g::soon(2) == 2);
  CHECK(co_await g::half(3) == 1.5);
  CHECK(co_await g::any(4) == 4);
}

}  // namespace

int main() {
  CHECK(g::at_once(1) == 1);
  CHECK(g::soon(smartasync::sync, 5) == 5);
  CHECK(g::half(1) == 0.5);
  CHECK(g::any(smartasync::sync, 6) == 6);
  smartasync::run(on_a_loop());
  return golden::ended_after(8);
}
