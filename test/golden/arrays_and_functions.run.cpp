// SPDX-License-Identifier: MIT
#include "golden/arrays_and_functions.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;
bool less(int left, int right) { return left < right; }
int increased(int value) { return value + 1; }

auto orphaned() {
  std::string texts[2] = {std::string(40, 'a'), std::string(40, 'b')};
  return g::joined(smartasync::async, std::move(texts));
}

smartasync::task<void> on_a_loop() {
  int values[3] = {1, 2, 3};
  CHECK(co_await g::total(values) == 6);
  CHECK(co_await g::last(values) == 3);
  CHECK(co_await g::decayed(values, 2) == 2);
  co_await g::fill(values, 7);
  CHECK(values[2] == 7);
  CHECK(co_await g::compare(less, 1, 2));
  CHECK(co_await g::call(increased, 1) == 2);
  CHECK(co_await g::call_by_reference(increased, 2) == 3);
  auto pending = orphaned();
  const std::string others[2] = {std::string(40, 'x'), std::string(40, 'y')};
  CHECK(co_await std::move(pending) == std::string(40, 'a') + std::string(40, 'b'));
  auto& same = co_await g::same(values);
  CHECK(&same == &values);
  int two[2] = {1, 2};
  auto& halves = co_await g::halves(two);
  CHECK(&halves == &two);
  CHECK((co_await g::chosen(increased))(4) == 5);
  const golden::pixel pixel;
  CHECK(co_await g::member(&golden::pixel::red, pixel) == 1);
  CHECK(co_await g::method(&golden::pixel::sum, pixel) == 3);
}

}  // namespace

int main() {
  int values[3] = {4, 5, 6};
  CHECK(g::total(values) == 15);
  g::fill(smartasync::sync, values, 1);
  CHECK(values[0] == 1);
  CHECK(g::call(increased, 5) == 6);
  int two[2] = {1, 2};
  int(&halves)[2] = g::halves(two);
  CHECK(&halves == &two);
  CHECK(g::chosen(smartasync::sync, increased)(5) == 6);
  smartasync::run(on_a_loop());
  return golden::ended_after(18);
}
