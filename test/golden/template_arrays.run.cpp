// SPDX-License-Identifier: MIT
#include "golden/template_arrays.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  const int numbers[] = {1, 2, 3};
  CHECK(co_await g::sum(numbers) == 6);
  const std::array<double, 2> halves{0.5, 1.5};
  CHECK(co_await g::sum(halves) == 2.0);
  CHECK(co_await g::at(numbers, 2) == 3);
}

}  // namespace

int main() {
  const int numbers[] = {4, 5};
  CHECK(g::sum(numbers) == 9);
  CHECK(g::at(smartasync::sync, numbers, 1) == 5);
  smartasync::run(on_a_loop());
  return golden::ended_after(5);
}
