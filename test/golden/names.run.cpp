// SPDX-License-Identifier: MIT
#include "golden/names.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace smart = golden::smart;

smartasync::task<void> inside() {
  CHECK(co_await smart::fetch(1) == 1);
  CHECK(co_await smart::site(1, 2) == 3);
  CHECK(co_await smart::invoke(4) == 4);
  CHECK(co_await smart::object(5, 3) == 2);
  CHECK(co_await smart::sync(6) == 6);
  CHECK(co_await smart::unnamed(1, "x", 7) == 7);
  smart::Client client;
  CHECK(co_await client.get(1, 2, 3) == 6);
  CHECK(co_await client.renamed() == 3);
  CHECK(co_await smart::Client_get() == 4);
}

}  // namespace

int main() {
  CHECK(smart::fetch(1) == 1);
  CHECK(smart::site(smartasync::sync, 1, 2) == 3);
  CHECK(smart::invoke(4) == 4);
  CHECK(smart::unnamed(1, "x", 7) == 7);
  golden::Client client;
  CHECK(smartasync::ref(client).get(1, 2, 3) == 6);
  CHECK(smartasync::ref(client).renamed() == 3);
  CHECK(client.original() == 3);
  smartasync::run(inside());
  return golden::ended_after(16);
}
