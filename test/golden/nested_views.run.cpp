// SPDX-License-Identifier: MIT
#include "golden/nested_views.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

template <class Operation>
constexpr bool is_in_place = Operation::held == smartasync::hold::in_place;
static_assert(is_in_place<decltype(g::of_pair(smartasync::async, {}))>);
static_assert(is_in_place<decltype(g::of_tuple(smartasync::async, {}))>);
static_assert(is_in_place<decltype(g::of_vector(smartasync::async, {}))>);
static_assert(is_in_place<decltype(g::of_optional(smartasync::async, {}))>);
static_assert(is_in_place<decltype(g::of_variant(smartasync::async, {}))>);
static_assert(!is_in_place<decltype(g::of_owners(smartasync::async, {}))>);
static_assert(!is_in_place<decltype(g::of_numbers(smartasync::async, {}))>);

auto orphaned() {
  std::map<std::string, std::vector<int>> owners;
  owners["a key that is long enough to be on the heap"] = {1, 2, 3};
  return g::of_owners(smartasync::async, owners);
}

smartasync::task<void> on_a_loop() {
  const std::string text("a text that is long enough to be on the heap");
  // What views is awaited where it stands, where temporaries still live.
  CHECK(co_await g::of_pair(golden::pair(1, text)) == text);
  CHECK(co_await g::of_tuple(std::make_tuple(std::string_view(text), 1)) == text);
  CHECK(co_await g::of_vector(std::vector<std::string_view>(1, text)) == text);
  CHECK(co_await g::of_optional(std::nullopt) == "none");
  CHECK(co_await g::of_variant(7) == 0);
  auto pending = orphaned();
  CHECK(co_await std::move(pending) == 1);
}

}  // namespace

int main() {
  CHECK(g::of_pair(golden::pair(1, "text")) == "text");
  CHECK(g::of_numbers({2, 0.5}) == 2);
  smartasync::run(on_a_loop());
  return golden::ended_after(8);
}
