// SPDX-License-Identifier: MIT
#include "golden/declared_twice.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::add(1, 2) == 3);
  const golden::Client client;
  CHECK(co_await g::ask(client) == 8);
  CHECK(co_await smartasync::ref(client).id() == 8);
  CHECK(co_await g::twice(3) == 6);
  CHECK(co_await g::twin(client) == 16);
}

}  // namespace

int main() {
  CHECK(g::add(2, 3) == 5);
  CHECK(g::ask(golden::Client()) == 8);
  CHECK(g::twice(smartasync::sync, 4) == 8);
  smartasync::run(on_a_loop());
  return golden::ended_after(8);
}
