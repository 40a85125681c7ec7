// SPDX-License-Identifier: MIT
#include "golden/template_constraints.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;
enum class color { red };

template <class T>
concept ranks = requires(T value) { g::rank(value); };
static_assert(ranks<int> && !ranks<std::string>);
template <class T>
concept has_behind = requires(T value) { g::behind(value); };
static_assert(has_behind<color> && !has_behind<int>);

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::size_of(std::vector<int>(3)) == 3);
  CHECK(co_await g::rank(1) == 1);
  CHECK(co_await g::weight(1) == 2);
  CHECK(co_await g::grade(1.5) == 1);
  CHECK(co_await g::grade(1) == 2);
  CHECK(co_await g::behind(color::red) == 3);
}

}  // namespace

int main() {
  CHECK(g::size_of(std::string("abc")) == 3u);
  CHECK(g::grade(smartasync::sync, 1) == 2);
  CHECK(g::grade(smartasync::sync, 1.5) == 1);
  smartasync::run(on_a_loop());
  return golden::ended_after(9);
}
