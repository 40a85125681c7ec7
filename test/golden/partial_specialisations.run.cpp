// SPDX-License-Identifier: MIT
#include "golden/partial_specialisations.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop() {
  const golden::Pair<int, long> any;
  CHECK(co_await smartasync::ref(any).name() == "any");
  const golden::Pair<int, int*> pointer;
  CHECK(co_await smartasync::ref(pointer).name() == "pointer");
  const golden::Pair<int, char> exact;
  CHECK(co_await smartasync::ref(exact).name() == "exact");
}

}  // namespace

int main() {
  golden::smart::Pair<int, long> facade;
  CHECK(facade.name() == "any");
  golden::Pair<int, int*> pointer;
  CHECK(smartasync::ref(pointer).name() == "pointer");
  smartasync::run(on_a_loop());
  return golden::ended_after(5);
}
