// SPDX-License-Identifier: MIT
#include "golden/expected_results.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;
using golden::fault;

smartasync::task<void> on_a_loop() {
  const auto found = co_await g::find(3);
  CHECK(*found == "3");
  const auto missing = co_await g::find(0);
  CHECK(missing.error() == fault::missing);
  const auto parsed = co_await g::parse("42");
  CHECK(*parsed == 42);
  CHECK((co_await g::parse("")).error() == "nothing");
  CHECK(*(co_await g::wrapped(5)) == 5);
}

}  // namespace

int main() {
  CHECK(*g::find(smartasync::sync, 4) == "4");
  const golden::expected<int, std::string> parsed = g::parse("7");
  CHECK(*parsed == 7);
  CHECK(static_cast<bool>(*g::wrapped(1)));
  smartasync::run(on_a_loop());
  return golden::ended_after(8);
}
