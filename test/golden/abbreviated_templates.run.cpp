// SPDX-License-Identifier: MIT
#include "golden/abbreviated_templates.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;
template <class T>
concept adds = requires(T value) { g::add(value, 1); };
static_assert(adds<int> && !adds<double>);

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::add(1, 2.5) == 3);
  CHECK(co_await g::first(std::string("abc"), 1, 2) == 'a');
  CHECK(co_await g::size(std::string("abc")) == 3);
}

}  // namespace

int main() {
  CHECK(g::add(1, 2) == 3);
  CHECK(g::first(smartasync::sync, std::string("xyz")) == 'x');
  CHECK(g::size(std::string("ab")) == 2);
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
