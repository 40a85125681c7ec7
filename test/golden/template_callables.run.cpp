// SPDX-License-Identifier: MIT
#include "golden/template_callables.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;
int multiply(int a, int b) { return a * b; }
smartasync::task<int> doubled(int a) { co_return 2 * a; }
std::string& same(std::string& text) { return text; }

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::apply(multiply, 6, 7) == 42);
  CHECK(co_await g::apply(doubled, 21) == 42);
  std::string text("x");
  std::string& found = co_await g::visit(text, same);
  CHECK(&found == &text);
}

}  // namespace

int main() {
  CHECK(g::apply(multiply, 2, 3) == 6);
  CHECK(g::apply(doubled, 3) == 6);
  CHECK(g::apply(smartasync::sync, doubled, 4) == 8);
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
