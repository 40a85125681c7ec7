// SPDX-License-Identifier: MIT
#include "golden/class_template_bases.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop() {
  golden::smart::Numbers numbers;
  CHECK(co_await numbers.load(3) == 3.0);
  CHECK(co_await numbers.count() == 2);
  golden::smart::Typed<int> typed;
  CHECK(co_await typed.id() == 9);
  CHECK(co_await typed.value() == 1);
}

}  // namespace

int main() {
  const golden::Numbers numbers;
  CHECK(smartasync::ref(numbers).load(4) == 4.0);
  golden::Typed<long> typed;
  CHECK(smartasync::ref(typed).id() == 9);
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
