// SPDX-License-Identifier: MIT
#include "golden/template_explicit.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;
using golden::unit;

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::convert<double>(3) == 3.0);
  CHECK(co_await g::measure<unit::mile>(2) == "2mi");
  CHECK((co_await g::measure<unit::meter, 3>(2)) == "6m");
  CHECK(co_await g::made() == 0);
  CHECK(co_await g::made<std::string>() == "");
}

}  // namespace

int main() {
  CHECK(g::convert<long>(smartasync::sync, 3) == 3L);
  CHECK(g::measure<unit::meter>(1) == "1m");
  CHECK(g::made<int>() == 0);
  smartasync::run(on_a_loop());
  return golden::ended_after(8);
}
