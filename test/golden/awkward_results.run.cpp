// SPDX-License-Identifier: MIT
#include "golden/awkward_results.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  const std::unique_ptr<int> box = co_await g::boxed(1);
  CHECK(*box == 1);
  CHECK(*(co_await g::fetched(2)) == 2);
  CHECK(co_await g::fixed(5) == "5");
  CHECK((co_await g::made(3)).value == 3);
  CHECK((co_await g::awaited(4)).value == 4);
}

}  // namespace

int main() {
  const std::unique_ptr<int> box = g::boxed(1);
  CHECK(*box == 1);
  const golden::no_default made = g::awaited(6);
  CHECK(made.value == 6);
  CHECK(g::made(7)->value == 7);
  const std::string fixed = g::fixed(6);
  CHECK(fixed == "6");
  smartasync::run(on_a_loop());
  return golden::ended_after(9);
}
