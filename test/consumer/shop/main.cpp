// SPDX-License-Identifier: MIT
// Both kinds of caller, over one library.
#include <smartasync/smartasync.hpp>

#include "shop/client.smart.hpp"

namespace {

smartasync::task<int> in_a_coroutine() {
  const std::string price = co_await shop::smart::price_of(21);
  const int sum = co_await shop::smart::add(40, 2);
  co_return price == "42 EUR" && sum == 42 ? 0 : 1;
}

}  // namespace

int main() {
  const int sum = shop::smart::add(41);
  const std::string price = shop::smart::price_of(21);
  if (sum != 42 || price != "42 EUR") return 1;
  return smartasync::run(in_a_coroutine());
}
