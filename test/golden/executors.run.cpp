// SPDX-License-Identifier: MIT
#include "golden/executors.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace smart = golden::smart;

smartasync::task<void> inside() {
  const std::thread::id loop = std::this_thread::get_id();
  CHECK(co_await smart::on_db() != loop);
  CHECK(co_await smart::here() == loop);
  const std::thread::id first = co_await smart::alone();
  CHECK(first != loop);
  CHECK(co_await smart::alone() == first);
  CHECK(co_await smart::on_net() != loop);
  smartasync::task<int> task = co_await smart::made();
  CHECK(co_await std::move(task) == 5);

  smart::Lane lane;
  auto a = lane.enter();
  auto b = lane.enter_blocking();
  auto c = lane.enter();
  const auto [x, y, z] =
      co_await smartasync::when_all(std::move(a), std::move(b), std::move(c));
  CHECK(x == 1 && y == 1 && z == 1);
  CHECK(co_await std::move(lane).leave() == -1);
}

}  // namespace

int main() {
  const std::thread::id self = std::this_thread::get_id();
  CHECK(smart::on_db() == self);
  CHECK(smart::here(smartasync::sync) == self);
  const std::thread::id net = smart::on_net();
  CHECK(net != self && smart::on_net() == net);
  CHECK(smartasync::run(smart::made(smartasync::sync)) == 5);
  smart::Lane lane;
  CHECK(lane.enter() == 1);
  CHECK(smartasync::ref(lane).enter_blocking() == 1);
  smartasync::run(inside());
  return golden::ended_after(14);
}
