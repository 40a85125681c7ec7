// SPDX-License-Identifier: MIT
#include "golden/template_unnamed.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;
template <class T>
concept halves = requires(T value) { g::half(value); };
static_assert(halves<int> && !halves<double>);

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::half(8) == 4);
  CHECK(co_await g::nameless<int>() == 4);
  CHECK(co_await g::ignored(1, 2) == 5);
  CHECK((co_await g::cast<int, double>(3)) == 3.0);
}

}  // namespace

int main() {
  CHECK(g::half(smartasync::sync, 6) == 3);
  CHECK(g::nameless<int>() == 4);
  CHECK((g::cast<int, long>(smartasync::sync, 3)) == 3L);
  smartasync::run(on_a_loop());
  return golden::ended_after(7);
}
