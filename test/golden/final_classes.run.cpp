// SPDX-License-Identifier: MIT
#include "golden/final_classes.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop() {
  const golden::Sealed sealed;
  CHECK(co_await smartasync::ref(sealed).id() == 1);
  CHECK(co_await smartasync::ref<golden::Sealed>::count() == 2);
  golden::Number number{5};
  CHECK(co_await smartasync::ref(number).as_int() == 5);
  CHECK(co_await smartasync::ref(golden::Undying::the()).id() == 3);
}

}  // namespace

int main() {
  golden::Sealed sealed;
  CHECK(smartasync::ref(sealed).id() == 1);
  CHECK(smartasync::ref(golden::Undying::the()).id() == 3);
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
