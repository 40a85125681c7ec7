// SPDX-License-Identifier: MIT
#include "golden/macros.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::plain(1) == 1);
  CHECK(co_await g::elsewhere() == 3);
  CHECK(co_await g::declared() == 2);
  const g::Client client;
  CHECK(co_await client.name() == "client");
}

}  // namespace

int main() {
  static_assert(noexcept(g::plain(smartasync::sync, 1)));
  CHECK(g::declared(smartasync::sync, 5) == 5);
  CHECK(g::Client().name() == "client");
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
