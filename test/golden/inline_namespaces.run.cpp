// SPDX-License-Identifier: MIT
#include "golden/inline_namespaces.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop() {
  const golden::Client client = co_await golden::smart::connect();
  CHECK(co_await smartasync::ref(client).version() == "v2");
  const golden::smart::Client facade;
  CHECK(co_await facade.version() == "v2");
  CHECK(co_await golden::v1::smart::old() == 1);
}

}  // namespace

int main() {
  CHECK(golden::smart::Client().version() == "v2");
  CHECK(golden::v1::smart::old() == 1);
  smartasync::run(on_a_loop());
  return golden::ended_after(5);
}
