// SPDX-License-Identifier: MIT
#include "golden/results.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace smart = golden::smart;

smartasync::task<void> inside() {
  CHECK(co_await smart::value() == 1);
  CHECK(co_await smart::text() == "text");
  bool done = false;
  co_await smart::nothing(done);
  CHECK(std::exchange(done, false));
  co_await smart::nothing_async(done);
  CHECK(done);
  std::vector<int> numbers{1, 2, 3};
  int& element = co_await smart::element(numbers);
  CHECK(&element == &numbers[0]);
  const int& first = co_await smart::first(numbers);
  CHECK(&first == &numbers[0]);
  int& last = co_await smart::last(numbers);
  CHECK(&last == &numbers[2]);
  CHECK(co_await smart::address(numbers) == numbers.data());
  const std::unique_ptr<int> owned = co_await smart::owned();
  CHECK(*owned == 5);
  const golden::Ticket ticket = co_await smart::ticket(7);
  CHECK(ticket.number == 7);
  CHECK((co_await smart::rows()).front().second == "one");
}

}  // namespace

int main() {
  CHECK(smart::value() == 1);
  const std::string text = smart::text();
  CHECK(text == "text");
  bool done = false;
  smart::nothing(done);
  CHECK(std::exchange(done, false));
  smart::nothing_async(done);
  CHECK(done);
  std::vector<int> numbers{1, 2, 3};
  int& element = smart::element(numbers);
  CHECK(&element == &numbers[0]);
  CHECK(&smart::first(smartasync::sync, numbers) == &numbers[0]);
  CHECK(&smart::last(smartasync::sync, numbers) == &numbers[2]);
  CHECK(smart::address(numbers) == numbers.data());
  CHECK(*smart::owned().get() == 5);
  CHECK(smart::ticket(7)->number == 7);
  for (const auto& row : smart::rows(smartasync::sync)) CHECK(row.second == "one");
  smartasync::run(inside());
  return golden::ended_after(22);
}
