// SPDX-License-Identifier: MIT
#include "golden/callable_views.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

// A view is borrowed in place: its call cannot be moved. An owner's can.
template <class T>
concept movable = std::is_move_constructible_v<T>;
static_assert(!movable<decltype(g::apply(smartasync::async, std::declval<int (*)(int)>(), 1))>);
static_assert(movable<decltype(g::keep(smartasync::async, nullptr, 1))>);

auto orphaned() {
  const std::string text("four");
  const std::function<int(int)> f = [text](int value) {
    return value + static_cast<int>(text.size());
  };
  return g::keep(smartasync::async, f, 2);
}

smartasync::task<void> on_a_loop() {
  int base = 40;
  const auto add = [&base](int value) { return base + value; };
  CHECK(co_await g::apply(add, 2) == 42);
  auto pending = orphaned();
  CHECK(co_await std::move(pending) == 6);
  const std::function<int()> constant = [] { return 5; };
  CHECK(co_await g::read(constant) == 5);
}

}  // namespace

int main() {
  const auto negate = [](int value) { return -value; };
  CHECK(g::apply(negate, 2) == -2);
  CHECK(g::keep(smartasync::sync, negate, 3) == -3);
  smartasync::run(on_a_loop());
  return golden::ended_after(5);
}
