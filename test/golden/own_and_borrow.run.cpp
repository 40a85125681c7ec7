// SPDX-License-Identifier: MIT
#include "golden/own_and_borrow.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;
using smartasync::hold;
static_assert(decltype(g::length(smartasync::async, ""))::held == hold::owned);
static_assert(decltype(g::level(smartasync::async, nullptr))::held == hold::owned);
static_assert(decltype(g::place(smartasync::async, ""))::held == hold::in_place);
static_assert(decltype(g::mixed(smartasync::async, "", {}))::held == hold::in_place);

auto orphaned_text() {
  const std::string text(50, 't');
  return g::length(smartasync::async, text.c_str());
}
auto orphaned_settings() {
  const golden::settings made{9};
  return g::level(smartasync::async, &made);
}

smartasync::task<void> on_a_loop() {
  auto length = orphaned_text();
  auto level = orphaned_settings();
  const std::string other(60, 'o');
  CHECK(co_await std::move(length) == 50);
  CHECK(co_await std::move(level) == 9);
  CHECK(co_await g::place(other) == &other);
  CHECK(co_await g::all(other, other));
  const std::vector<int> three(3);
  CHECK(co_await g::mixed("ab", three) == 5);
  CHECK(co_await g::length(nullptr) == 0);
}

}  // namespace

int main() {
  CHECK(g::length("four") == 4u);
  const golden::settings made{5};
  CHECK(g::level(&made) == 5);
  smartasync::run(on_a_loop());
  return golden::ended_after(8);
}
