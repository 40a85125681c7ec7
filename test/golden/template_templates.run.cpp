// SPDX-License-Identifier: MIT
#include "golden/template_templates.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  CHECK((co_await g::wrap<std::vector>(3)).size() == 1);
  const std::list<int> numbers{7, 8};
  CHECK(co_await g::front(numbers) == 7);
  CHECK(co_await g::size(std::string("four")) == 4);
  CHECK((co_await g::rebound(golden::maker())).empty());
}

}  // namespace

int main() {
  CHECK(g::wrap<std::list>(smartasync::sync, 3).front() == 3);
  CHECK(g::front(std::string("abc")) == 'a');
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
