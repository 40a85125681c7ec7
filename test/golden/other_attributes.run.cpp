// SPDX-License-Identifier: MIT
#include "golden/other_attributes.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::both() == 1);
  CHECK(co_await g::gnu() == 3);
  CHECK(co_await g::cold() == 4);
  CHECK(co_await g::scoped() == 5);
  CHECK(co_await g::dual(1) == 6);
}

}  // namespace

int main() {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  CHECK(g::old() == 2);
#pragma GCC diagnostic pop
  CHECK(g::cold() == 4);
  smartasync::run(on_a_loop());
  return golden::ended_after(7);
}
