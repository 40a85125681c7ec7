// SPDX-License-Identifier: MIT
#include "golden/awkward_arguments.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

struct golden::hidden {
  int number = 6;
};
golden::hidden& golden::the_hidden() {
  static hidden one;
  return one;
}
int golden::number_of(const hidden& of) { return of.number; }

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  // A copy would slice it: it is borrowed in place, temporary or not.
  CHECK(co_await g::hear(golden::dog()) == "woof");
  CHECK(co_await g::look(golden::the_hidden()) == 6);
  CHECK(co_await g::read(golden::single(4)) == 4);
  CHECK(co_await g::take(std::make_unique<int>(5)) == 5);
  CHECK(co_await g::open(std::make_unique<int>(7)) == 7);
  CHECK(co_await g::share(std::make_shared<golden::dog>()) == 4);
  auto pending = g::steal(smartasync::async, std::string(50, 's'));
  CHECK(co_await std::move(pending) == 50);
  const int number = 8;
  CHECK(co_await g::locked(number) == 8);
}

}  // namespace

int main() {
  CHECK(g::hear(golden::dog()) == "woof");
  CHECK(g::take(smartasync::sync, std::make_unique<int>(1)) == 1);
  CHECK(g::look(golden::the_hidden()) == 6);
  smartasync::run(on_a_loop());
  return golden::ended_after(11);
}
