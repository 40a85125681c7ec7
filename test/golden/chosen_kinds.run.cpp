// SPDX-License-Identifier: MIT
#include "golden/chosen_kinds.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  smartasync::task<int> handed = co_await g::handed(3);
  CHECK(co_await std::move(handed) == 3);
  CHECK(co_await g::awaited(4) == 4);
  smartasync::task<int> kept = co_await g::kept(5);
  CHECK(co_await std::move(kept) == 5);
  CHECK(co_await g::obtain(6) == 6);
  CHECK(co_await g::obtain(std::string("seven")) == "seven");
}

}  // namespace

int main() {
  CHECK(smartasync::run(g::handed(smartasync::sync, 1)) == 1);
  CHECK(g::awaited(2) == 2);
  CHECK(g::obtain(smartasync::sync, 3) == 3);
  smartasync::run(on_a_loop());
  return golden::ended_after(8);
}
