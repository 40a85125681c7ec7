// SPDX-License-Identifier: MIT
#include "golden/documentation.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace smart = golden::smart;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
int old_ones() { return smart::old(smartasync::sync) + smart::older(smartasync::sync); }
#pragma GCC diagnostic pop

smartasync::task<void> inside() {
  CHECK(co_await smart::lines() == 1);
  CHECK(co_await smart::block() == 2);
  CHECK(co_await smart::line() == 3);
  CHECK(co_await smart::none() == 6);
  smart::Notes notes;
  CHECK(co_await notes.first() == 7);
}

}  // namespace

int main() {
  CHECK(smart::lines() == 1);
  CHECK(smart::block() == 2);
  CHECK(smart::line() == 3);
  CHECK(old_ones() == 9);
  CHECK(smart::Notes().second() == 8);
  smartasync::run(inside());
  return golden::ended_after(10);
}
