// SPDX-License-Identifier: MIT
#include "golden/class_templates.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

template <class T>
using Bounded = golden::smart::Bounded<T>;

smartasync::task<void> on_a_loop() {
  Bounded<std::string> texts("one");
  CHECK(co_await texts.push("two"));
  CHECK(co_await texts.at(1) == "two");
  CHECK(co_await texts.size() == 2);
  golden::Bounded<std::string> reversed = co_await texts.reversed();
  CHECK(co_await smartasync::ref(reversed).at(0) == "two");
  const golden::Bounded<std::string>::place last = co_await texts.last();
  CHECK(co_await texts.at(last) == "two");
  golden::Bounded<int> made = co_await Bounded<int>::of(4, 5);
  CHECK(made.at(0) == 4);
  const golden::Bounded<int>& constant = made;
  CHECK(co_await smartasync::ref(constant).size() == 2);
}

}  // namespace

int main() {
  golden::smart::Bounded<int, 1> small;
  CHECK(small.push(1));
  CHECK(!small.push(smartasync::sync, 2));
  CHECK(small.size() == 1);
  golden::smart::Bounded<int> taken(golden::Bounded<int>(8));
  CHECK(taken.at(0) == 8);
  smartasync::run(on_a_loop());
  return golden::ended_after(11);
}
