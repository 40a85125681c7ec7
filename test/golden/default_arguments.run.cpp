// SPDX-License-Identifier: MIT
#include "golden/default_arguments.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  const g::Client client;
  CHECK(co_await client.get() == 10);
  CHECK(co_await client.get(3) == 3);
  CHECK(co_await client.get(3, golden::Client::mode::slow) == -3);
  CHECK(co_await client.hidden() == 77);
  const int before = golden::counter;
  CHECK(co_await g::numbered(1) == 100 + before + 1);
  CHECK(co_await g::listed() == 3);
  CHECK(co_await g::text() == "default.");
  CHECK(co_await g::above() == 6);
}

}  // namespace

int main() {
  CHECK(g::Client().hidden() == 77);
  CHECK(g::numbered(smartasync::sync, 1, 2) == 102);
  CHECK(g::text("x", '!') == "x!");
  CHECK(g::above() == 6);
  smartasync::run(on_a_loop());
  return golden::ended_after(12);
}
