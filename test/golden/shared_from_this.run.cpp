// SPDX-License-Identifier: MIT
#include "golden/shared_from_this.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> on_a_loop() {
  auto session = std::make_shared<golden::Session>(7);
  auto pending = smartasync::ref(*session).read();
  session.reset();  // the pending call keeps it alive
  CHECK(co_await std::move(pending) == 7);
  auto other = std::make_shared<golden::Session>(8);
  auto task = smartasync::ref(*other).id(smartasync::async).to_task();
  other.reset();
  CHECK(co_await std::move(task) == 8);
  auto typed = std::make_shared<golden::Typed<int>>();
  CHECK(co_await smartasync::ref(*typed).value() == 4);
  // One that nobody shares cannot be kept alive.
  golden::Session alone(9);
  bool refused = false;
  try {
    auto call = smartasync::ref(alone).id();
  } catch (const std::bad_weak_ptr&) {
    refused = true;
  }
  CHECK(refused);
}

}  // namespace

int main() {
  golden::Session alone(9);
  CHECK(smartasync::ref(alone).id() == 9);
  CHECK(smartasync::ref(alone).read() == 9);
  smartasync::run(on_a_loop());
  return golden::ended_after(6);
}
