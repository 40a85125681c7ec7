// SPDX-License-Identifier: MIT
#include "golden/template_values.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

using golden::smart::later;
using golden::smart::twice;

smartasync::task<void> on_a_loop() {
  CHECK(co_await twice(21) == 42);
  const std::string text("a text that no small string holds");
  CHECK(co_await twice(text) == text + text);
  CHECK(co_await later(7L) == 7);
  auto pending = later(smartasync::async, text);
  CHECK(co_await std::move(pending).to_task() == text);
  CHECK(co_await golden::smart::added<1>(2) == 3 + 'x');
  CHECK(co_await golden::smart::added<1, 2, true, false>(smartasync::async, 2) == 7);
}

}  // namespace

int main() {
  CHECK(twice(21) == 42);
  CHECK(twice(smartasync::sync, std::string("ab")) == "abab");
  CHECK(later(1.5) == 1.5);
  smartasync::run(on_a_loop());
  return golden::ended_after(9);
}
