// SPDX-License-Identifier: MIT
#include "golden/inherited_methods.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

const golden::Leaf leaf;

smartasync::task<void> on_a_loop() {
  const golden::smart::Derived derived;
  CHECK(co_await derived.id() == 1);
  CHECK(co_await derived.name() == "derived");
  CHECK(derived.plain() == 2);
  // The nearest annotated base of a Leaf is Derived.
  CHECK(co_await smartasync::ref(leaf).own() == 3);
  CHECK(co_await smartasync::ref(leaf).id() == 1);
}

}  // namespace

int main() {
  CHECK(smartasync::ref(leaf).name() == "derived");
  const golden::smart::Base base;
  CHECK(base.name() == "base");
  smartasync::run(on_a_loop());
  return golden::ended_after(7);
}
