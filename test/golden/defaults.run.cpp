// SPDX-License-Identifier: MIT
#include "golden/defaults.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace smart = golden::smart;

smartasync::task<void> inside() {
  CHECK(co_await smart::sum(1) == 12);
  CHECK(co_await smart::sum(1, 2) == 13);
  CHECK(co_await smart::sum(smartasync::async, 1, 2, 3) == 6);
  smart::Counter counter;
  CHECK(co_await counter.count() == 108);
  CHECK(co_await counter.count(1) == 9);
  CHECK(co_await counter.count(1, "four") == 12);
  CHECK(co_await counter.count(smartasync::async, 1, "four", 2) == 7);

  // The author's default is evaluated when the call is made to run, once.
  const int before = golden::calls_of_next;
  auto pending = smart::numbered();
  CHECK(golden::calls_of_next == before);
  CHECK(co_await pending == before + 1);
  CHECK(golden::calls_of_next == before + 1);
}

}  // namespace

int main() {
  CHECK(smart::sum(1) == 12);
  CHECK(smart::sum(smartasync::sync, 1, 2) == 13);
  CHECK(smart::numbered() == 1);
  CHECK(smart::numbered(smartasync::sync) == 2);
  CHECK(smart::numbered(50) == 50);
  smart::Counter counter;
  CHECK(counter.count() == 108);
  CHECK(smartasync::ref(counter).count(1) == 9);
  smartasync::run(inside());
  return golden::ended_after(17);
}
