// SPDX-License-Identifier: MIT
#include "golden/overloads.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace smart = golden::smart;

smartasync::task<void> inside() {
  CHECK(co_await smart::name(1) == "int");
  CHECK(co_await smart::name(1.5) == "double");
  CHECK(co_await smart::name(std::string("x")) == "string");
  CHECK(co_await smart::name(smartasync::async, 1, 2) == "two");
  smart::Table table;
  const smart::Table& constant = table;
  CHECK(co_await table.at(1) == "mutable");
  CHECK(co_await constant.at(1) == "const");
  CHECK(co_await table.at("x") == "text");
  CHECK(table.at('x') == "without entries");
  CHECK(constant.at() == "nothing");
  smartasync::ref seen(table);
  CHECK(co_await seen.at(1) == "mutable");
  CHECK(co_await smartasync::ref(constant).at(1) == "const");
}

}  // namespace

int main() {
  CHECK(smart::name(1) == "int");
  CHECK(smart::name(1.5) == "double");
  CHECK(smart::name(std::string("x")) == "string");
  CHECK(smart::name(smartasync::sync, 1, 2) == "two");
  smart::Table table;
  const smart::Table& constant = table;
  CHECK(table.at(1) == "mutable");
  CHECK(constant.at(1) == "const");
  CHECK(table.at(smartasync::sync, "x") == "text");
  CHECK(table.at('x') == "without entries");
  smartasync::run(inside());
  return golden::ended_after(19);
}
