// SPDX-License-Identifier: MIT
#include "golden/nested_classes.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

using golden::smart::Bank;

smartasync::task<void> on_a_loop() {
  Bank bank;
  const golden::Bank::Account opened = co_await bank.open(5);
  CHECK(co_await smartasync::ref(opened).balance() == 5);
  const Bank::Account account(6);
  CHECK(co_await account.balance() == 6);
  Bank::Account::Entry entry;
  entry.amount = 4;
  CHECK(co_await entry.twice() == 8);
  const golden::smart::Outer::Inner inner;
  CHECK(co_await inner.id() == 3);
  const golden::Closed::Part part;
  CHECK(co_await smartasync::ref(part).id() == 4);
}

}  // namespace

int main() {
  const Bank::Account account(7);
  CHECK(account.balance() == 7);
  const golden::Outer::Inner inner;
  CHECK(smartasync::ref(inner).id(smartasync::sync) == 3);
  smartasync::run(on_a_loop());
  return golden::ended_after(7);
}
