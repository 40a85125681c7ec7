// SPDX-License-Identifier: MIT
#include "golden/deduced_results.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::number(21) == 42);
  std::string text("text");
  std::string& found = co_await g::same(text);
  CHECK(&found == &text);
  const auto add = co_await g::adder(40);
  CHECK(add(2) == 42);
  CHECK(co_await g::later(7) == 7);
  CHECK((co_await g::pair()).second == "one");
}

}  // namespace

int main() {
  CHECK(g::number(1) == 2);
  CHECK(g::adder(smartasync::sync, 1)(2) == 3);
  CHECK(g::later(8) == 8);
  CHECK(g::pair()->first == 1);
  smartasync::run(on_a_loop());
  return golden::ended_after(9);
}
