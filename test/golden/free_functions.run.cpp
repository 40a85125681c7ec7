// SPDX-License-Identifier: MIT
#include "golden/free_functions.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

smartasync::task<void> inside() {
  CHECK(co_await golden::smart::add(1, 2) == 3);
  CHECK(co_await golden::smart::add(smartasync::async, 3, 4) == 7);
  CHECK(co_await golden::smart::blocking_thread() != std::this_thread::get_id());
  CHECK(golden::smart::blocking_thread(smartasync::sync) == std::this_thread::get_id());

  int calls = 0;
  co_await golden::smart::count(calls);
  co_await golden::smart::count(smartasync::async, calls);
  golden::smart::count(smartasync::sync, calls);
  CHECK(calls == 3);

  std::string message;
  try {
    co_await golden::smart::fail("no such page");
  } catch (const std::runtime_error& error) {
    message = error.what();
  }
  CHECK(message == "no such page");

  try {
    message = "";
    golden::smart::add(smartasync::sync, 1, 2);
  } catch (const smartasync::blocking_call_error& error) {
    message = error.what();
  }
  CHECK(message.find("golden::add") != std::string::npos);
}

}  // namespace

int main() {
  const int sum = golden::smart::add(1, 2);
  CHECK(sum == 3);
  CHECK(golden::smart::add(3, 4) == 7);
  CHECK(golden::smart::add(smartasync::sync, 5, 6) == 11);
  CHECK(golden::smart::blocking_thread() == std::this_thread::get_id());

  int calls = 0;
  golden::smart::count(calls);
  golden::smart::count(smartasync::sync, calls);
  CHECK(calls == 2);

  std::string message;
  try {
    golden::smart::fail("no such page");
  } catch (const std::runtime_error& error) {
    message = error.what();
  }
  CHECK(message == "no such page");

  smartasync::run(inside());
  return golden::ended_after(13);
}
