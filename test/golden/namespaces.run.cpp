// SPDX-License-Identifier: MIT
#include "golden/namespaces.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

using golden::impl::Point;

smartasync::task<void> inside() {
  CHECK(co_await golden::shift(Point(1), 2) == 3);
  CHECK(co_await golden::scale(Point(2), 3) == 6);
  CHECK(co_await golden::plain::smart::five() == 5);
  CHECK(co_await golden::last(Point(4)) == 4);
  wire::Link link;
  CHECK((co_await link.receive()).x == 9);
}

}  // namespace

int main() {
  CHECK(golden::shift(Point(1), 2) == 3);
  CHECK(golden::scale(Point(2), 3) == 6);
  CHECK(golden::plain::smart::five() == 5);
  CHECK(golden::last(smartasync::sync, Point(4)) == 4);
  golden::impl::net::Link link;
  CHECK(smartasync::ref(link).receive()->x == 9);
  smartasync::run(inside());
  return golden::ended_after(10);
}
