// SPDX-License-Identifier: MIT
#include "golden/virtual_methods.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

const golden::Square square;
const golden::Shape& shape = square;

smartasync::task<void> on_a_loop() {
  CHECK(co_await smartasync::ref(shape).name() == "square");
  CHECK(co_await smartasync::ref(shape).corners() == 4);
  // The nearest annotated base of a Square is a Shape.
  CHECK(co_await smartasync::ref(square).corners() == 4);
}

}  // namespace

int main() {
  CHECK(smartasync::ref(shape).name() == "square");
  CHECK(smartasync::ref(shape).corners(smartasync::sync) == 4);
  smartasync::run(on_a_loop());
  return golden::ended_after(5);
}
