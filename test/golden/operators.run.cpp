// SPDX-License-Identifier: MIT
#include "golden/operators.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

using golden::smart::Money;
using golden::smart::operator""_dollars;

smartasync::task<void> on_a_loop() {
  Money money(40);
  const golden::Money sum = co_await (money + golden::Money(2));
  CHECK(sum.cents() == 42);
  CHECK(co_await (money < golden::Money(50)));
  CHECK(co_await money[2] == 20);
  golden::Money& increased = co_await (money += 5);
  CHECK(&increased == &money);
  CHECK(co_await !money == -45);
  const golden::Money difference = co_await golden::smart::operator-(sum, money);
  CHECK(difference.cents() == -3);
  CHECK(co_await 3_dollars == 300);
  const golden::Money doubled = co_await golden::smart::times(sum, 2);
  CHECK(doubled.cents() == 84);
}

}  // namespace

int main() {
  const Money money(40);
  CHECK(money[4] == 10);
  const golden::Money sum = money + golden::Money(1);
  CHECK(sum.cents() == 41);
  CHECK(2_dollars == 200u);
  CHECK(golden::smart::times(smartasync::sync, sum, 2).cents() == 82);
  smartasync::run(on_a_loop());
  return golden::ended_after(12);
}
