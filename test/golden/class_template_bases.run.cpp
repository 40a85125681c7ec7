// SPDX-License-Identifier: MIT
#include "golden/class_template_bases.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop() {
  golden::smart::Numbers numbers;
  CHECK(co_await numbers.load(3) == 3.0);
  CHECK(co_await numbers.count() == 2);
  golden::smart::Typed<int> typed;
  CHECK(co_await typed.id() == 9);
  CHECK(co_await typed.value() == 1);
  int seven = 7;
  golden::smart::Ring<std::string, int> ring;
  co_await ring.push(&seven);
  ring.push(2, nullptr);
  CHECK(co_await ring.size() == 3);
  CHECK((co_await ring.all()).front() == &seven);
  CHECK(co_await ring.as<const int*>(nullptr) == nullptr);
  golden::Named<int> named;
  co_await smartasync::ref(named).push(smartasync::async, &seven);
  CHECK(co_await smartasync::ref(named).last() == &seven);
  CHECK(co_await smartasync::ref(named).size() == "many");
  CHECK(co_await smartasync::ref(named).key() == "");
}

}  // namespace

int main() {
  const golden::Numbers numbers;
  CHECK(smartasync::ref(numbers).load(4) == 4.0);
  golden::Typed<long> typed;
  CHECK(smartasync::ref(typed).id() == 9);
  smartasync::run(on_a_loop());
  return golden::ended_after(12);
}
