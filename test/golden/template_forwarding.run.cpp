// SPDX-License-Identifier: MIT
#include "golden/template_forwarding.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  std::string text("text");
  CHECK(co_await g::is_lvalue(text));
  CHECK(!co_await g::is_lvalue(std::move(text)));
  std::string longer("a long enough text to be on the heap");
  co_await g::append(longer, std::string(" and then some"));
  CHECK(longer.ends_with("and then some"));
  std::unique_ptr<std::string> box = co_await g::boxed(std::move(longer));
  CHECK(box->starts_with("a long enough"));
}

}  // namespace

int main() {
  int number = 1;
  CHECK(g::is_lvalue(number));
  CHECK(!g::is_lvalue(smartasync::sync, 1));
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
