// SPDX-License-Identifier: MIT
#include "golden/template_defaults.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::scaled(2) == 20);
  CHECK(co_await g::scaled(2, 3) == 6);
  const int before = golden::next();
  CHECK(co_await g::numbered(0) == before + 1);
  CHECK(co_await g::numbered(0, 5) == 5);
  CHECK(co_await g::filled<std::string>() == "");
}

}  // namespace

int main() {
  CHECK(g::scaled(1) == 10);
  CHECK(g::numbered(smartasync::sync, 1) >= 2);
  CHECK(g::filled<int>(smartasync::sync) == 0);
  smartasync::run(on_a_loop());
  return golden::ended_after(8);
}
