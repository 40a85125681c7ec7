// SPDX-License-Identifier: MIT
#include "golden/user_views.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

template <class Operation>
constexpr bool is_in_place = Operation::held == smartasync::hold::in_place;
static_assert(is_in_place<decltype(g::of_slice(smartasync::async, {"a", 1}))>);
static_assert(!is_in_place<decltype(g::of_literal(smartasync::async, {"a"}))>);
static_assert(is_in_place<decltype(g::of_named(smartasync::async, {}))>);
static_assert(is_in_place<decltype(g::of_holder(smartasync::async, {}))>);
static_assert(is_in_place<decltype(g::of_pair(smartasync::async, {}))>);
static_assert(
    is_in_place<decltype(g::of_guard(smartasync::async, std::declval<golden::guard>()))>);

smartasync::task<void> on_a_loop() {
  const golden::slice slice{"slice", 5};
  CHECK(co_await g::of_slice(slice) == "slice");
  const golden::literal literal{"literal"};
  CHECK(co_await g::of_literal(literal) == "literal");
  const std::string text("guarded");
  const golden::guard guard(text);
  CHECK(co_await g::of_guard(guard) == "guarded");
  const std::pair<int, golden::slice> pair(1, slice);
  CHECK(co_await g::of_pair(pair) == "slice");
}

}  // namespace

int main() {
  CHECK(g::of_slice({"slice", 3}) == "sli");
  CHECK(g::of_literal({"literal"}) == "literal");
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
