// SPDX-License-Identifier: MIT
#include "golden/lanes_and_loops.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

smartasync::task<void> on_a_loop() {
  g::Connection connection;
  auto [first, second] = co_await smartasync::when_all(connection.add(1), connection.add(2));
  CHECK(first + second == 4 || first + second == 5);
  CHECK(co_await connection.total() == 3);
  const std::thread::id loop = co_await connection.where();
  CHECK(loop != std::this_thread::get_id());
  CHECK(co_await connection.where() == loop);
  CHECK(co_await g::inline_thread() == std::this_thread::get_id());
  const std::thread::id serial = co_await g::serial_thread();
  CHECK(co_await g::serial_thread() == serial);
}

}  // namespace

int main() {
  g::Connection connection;
  CHECK(connection.add(1) == 1);
  CHECK(connection.total() == 1);
  // A loop of its own is where it runs, from every context.
  CHECK(connection.where(smartasync::sync) != std::this_thread::get_id());
  CHECK(g::inline_thread() == std::this_thread::get_id());
  smartasync::run(on_a_loop());
  return golden::ended_after(10);
}
