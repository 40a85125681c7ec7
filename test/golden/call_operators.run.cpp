// SPDX-License-Identifier: MIT
#include "golden/call_operators.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop() {
  golden::smart::Greeter greeter("hello ");
  CHECK(co_await greeter(std::string("you")) == "hello you");
  CHECK(co_await greeter(1) == 2);
  CHECK(co_await greeter(smartasync::async, 2) == 3);
  golden::Greeter other("bye ");
  CHECK(co_await smartasync::ref(other)(std::string("now")) == "bye now");
}

}  // namespace

int main() {
  golden::smart::Greeter greeter("hello ");
  CHECK(greeter(std::string("you")) == "hello you");
  CHECK(greeter(smartasync::sync, 4) == 5);
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
