// SPDX-License-Identifier: MIT
#include "golden/template_packs.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;
std::string joined(std::string left, std::string right) { return left + right; }

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::count() == 0);
  CHECK(co_await g::count(1, "two", std::string("three")) == 3);
  CHECK(co_await g::sum(1, 2, 3) == 6);
  CHECK(co_await g::sum(std::string("a"), "b", "c") == "abc");
  CHECK(co_await g::call(joined, std::string("left"), std::string("right")) == "leftright");
  CHECK(co_await g::total<1, 2, 3>() == 6);
}

}  // namespace

int main() {
  CHECK(g::count(1, 2) == 2);
  CHECK(g::sum(smartasync::sync, 1, 2) == 3);
  CHECK(g::call(joined, std::string("a"), std::string("b")) == "ab");
  CHECK(g::total<4>(smartasync::sync) == 4);
  smartasync::run(on_a_loop());
  return golden::ended_after(10);
}
