// SPDX-License-Identifier: MIT
#include "golden/class_template_members.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

using Cell = golden::smart::Cell<std::string, int>;
int increased(int value) { return value + 1; }
int one(int) { return 1; }

smartasync::task<void> on_a_loop() {
  Cell cell(5);
  CHECK(co_await cell.visit(increased) == 6);
  CHECK(co_await Cell::convert<double>(3) == 3.0);
  CHECK(co_await cell.widened<long>() == 5);
  CHECK(co_await cell.less(Cell(6)));
  golden::smart::Registry<int, int, int> registry;
  CHECK(co_await registry.each(one) == 3);
  const golden::Registry<int> plain;
  CHECK(co_await smartasync::ref(plain).each(one) == 1);
  golden::smart::Table<std::string, int, std::map> table;
  CHECK(co_await table.put("one", 1) == 1);
  const std::string key("one");
  CHECK(co_await table.at(key) == 1);
}

}  // namespace

int main() {
  const Cell cell(7);
  CHECK(cell.visit(increased) == 8);
  CHECK(cell.widened<long>(smartasync::sync) == 7);
  CHECK(!cell.less(smartasync::sync, Cell(6)));
  smartasync::run(on_a_loop());
  return golden::ended_after(11);
}
