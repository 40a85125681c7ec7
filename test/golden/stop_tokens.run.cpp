// SPDX-License-Identifier: MIT
#include "golden/stop_tokens.smart.hpp"

#include <smartasync/smartasync.hpp>

#include <chrono>
#include <stop_token>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  CHECK(co_await g::work(2) == 2);
  CHECK(co_await g::work(smartasync::async, 3) == 3);
  const g::Worker worker;
  bool stopped = false;
  try {
    using namespace std::chrono_literals;
    co_await smartasync::with_timeout(10ms, worker.run());
  } catch (const smartasync::timeout_error&) {
    stopped = true;  // the token has reached the pool's thread, else this would hang
  }
  CHECK(stopped);
  CHECK(co_await worker.pass(4) == 4);
}

}  // namespace

int main() {
  CHECK(g::work(1) == 1);
  std::stop_source source;
  source.request_stop();
  CHECK(g::work(smartasync::sync, 1, source.get_token()) == -1);
  CHECK(g::Worker().run(smartasync::sync, source.get_token()) == 9);
  CHECK(g::can_stop(smartasync::sync, source.get_token()));
  smartasync::run(on_a_loop());
  return golden::ended_after(8);
}
