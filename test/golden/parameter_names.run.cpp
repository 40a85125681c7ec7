// SPDX-License-Identifier: MIT
#include "golden/parameter_names.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::unnamed(1, std::string("two")) == 1);
  CHECK(co_await g::tags(3, 1) == 2);
  CHECK(co_await g::members(1, 2, 3, 4, 5) == 15);
  g::Client client;
  CHECK(co_await client.call(1, 2, 3) == 6);
  CHECK(co_await client.wait(1, 2, 3) == 6);
  const golden::Client other;
  CHECK(co_await smartasync::ref(other).call(4, 5, 6) == 15);
}

}  // namespace

int main() {
  CHECK(g::unnamed(smartasync::sync, 1, "two", 3) == 1);
  CHECK(g::tags(smartasync::sync, 5, 1) == 4);
  CHECK(g::members(1, 1, 1, 1, 1) == 5);
  smartasync::run(on_a_loop());
  return golden::ended_after(9);
}
