// SPDX-License-Identifier: MIT
#include "golden/ranges.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;
bool is_even(int number) { return number % 2 == 0; }

smartasync::task<void> on_a_loop() {
  const std::vector<int> numbers{1, 2, 3, 4};
  CHECK(co_await g::total(numbers) == 10);
  CHECK(co_await g::total(numbers | std::views::filter(is_even)) == 6);
  CHECK(co_await g::total(std::vector<int>(3, 5)) == 15);
  CHECK(co_await g::total(std::views::iota(1, 4)) == 6);
  CHECK(co_await g::size(numbers) == 4);
}

}  // namespace

int main() {
  std::vector<int> numbers{1, 2};
  CHECK(g::total(numbers) == 3);
  CHECK(g::total(smartasync::sync, std::views::iota(0, 3)) == 3);
  CHECK(g::size(std::string("abc")) == 3u);
  smartasync::run(on_a_loop());
  return golden::ended_after(8);
}
