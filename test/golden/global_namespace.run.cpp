// SPDX-License-Identifier: MIT
#include "golden/global_namespace.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop() {
  CHECK(co_await smart::golden_add(1, 2) == 3);
  smart::golden_counter counter;
  CHECK(co_await counter.next() == 1);
  CHECK(co_await smart::golden_c_abs(-4) == 4);
  CHECK(co_await smart::golden_c_half(3) == 1.5);
}

}  // namespace

int main() {
  CHECK(smart::golden_add(3, 4) == 7);
  CHECK(smart::golden_c_abs(smartasync::sync, -5) == 5);
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
