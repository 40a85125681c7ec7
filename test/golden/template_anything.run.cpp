// SPDX-License-Identifier: MIT
#include "golden/template_anything.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;
static_assert(std::is_same_v<decltype(g::anything(smartasync::sync)), int>);
static_assert(std::is_same_v<decltype(g::anything(smartasync::sync, smartasync::sync)), int>);
static_assert(std::is_same_v<decltype(g::one(smartasync::sync, 1)), std::string>);

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::anything(smartasync::async) == 0);
  CHECK(co_await g::anything(smartasync::async, 1, "2") == 2);
  CHECK(co_await g::one(1) == "one");
  CHECK(co_await g::one(1, 2) == "two");
  CHECK(co_await g::one(smartasync::async, 1, 2) == "two");
  g::sink sink;
  CHECK(co_await sink.put("text"));
  CHECK(!co_await sink.put(1));
}

}  // namespace

int main() {
  CHECK(g::anything(smartasync::sync, 1) == 1);
  CHECK(g::one(smartasync::sync, 1) == "one");
  g::sink sink;
  CHECK(sink.put(smartasync::sync, 1.5));
  CHECK(!sink.put(smartasync::sync, 1));
  smartasync::run(on_a_loop());
  return golden::ended_after(11);
}
