// SPDX-License-Identifier: MIT
#include "golden/factories.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

using golden::smart::Session;

smartasync::task<void> on_a_loop() {
  // The library's own factory serves: the facade takes over what it makes.
  Session session(golden::Session::open("one"));
  CHECK(co_await session.name() == "one");
  Session connected(co_await Session::connect("two"));
  CHECK(co_await connected.name() == "two");
  const auto held = golden::Session::make("three");
  CHECK(co_await smartasync::ref(*held).name() == "three");
}

}  // namespace

int main() {
  const Session session(Session::connect(smartasync::sync, "four"));
  CHECK(session.name() == "four");
  static_assert(sizeof(Session) == sizeof(golden::Session));
  smartasync::run(on_a_loop());
  return golden::ended_after(4);
}
