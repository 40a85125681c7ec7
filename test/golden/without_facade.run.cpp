// SPDX-License-Identifier: MIT
#include "golden/without_facade.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> inside() {
  golden::Final last;
  CHECK(co_await smartasync::ref(last).get() == 1);
  int two = 0;
  co_await smartasync::ref(last).set(two);
  CHECK(two == 2);
  golden::Better better;
  golden::Service& service = better;
  CHECK(co_await smartasync::ref(service).call() == 6);
}

}  // namespace

int main() {
  const golden::Final last;
  CHECK(smartasync::ref(last).get() == 1);
  CHECK(smartasync::ref<golden::Final>::three() == 3);
  golden::Either either;
  CHECK(smartasync::ref(either).get() == 4);
  golden::Better better;
  CHECK(smartasync::ref(better).call() == 6);
  CHECK(smartasync::ref(golden::Undying::the()).get() == 7);
  smartasync::run(inside());
  return golden::ended_after(8);
}
