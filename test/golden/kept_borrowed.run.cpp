// SPDX-License-Identifier: MIT
#include "golden/kept_borrowed.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace golden {
class Later {};
}  // namespace golden

namespace {

namespace smart = golden::smart;

// What is borrowed where it stands cannot be moved, what is borrowed for a scope can.
template <class Call>
constexpr bool moves = std::is_move_constructible_v<Call>;
using raising = decltype(smart::raise(std::declval<int&>(), nullptr));
using counting = decltype(smart::count(std::declval<const golden::Shape&>()));
using placing = decltype(smart::place("", std::string()));
static_assert(moves<raising> && !moves<counting> && !moves<placing>);

int twice(int number) { return 2 * number; }
using applying = decltype(smart::applied(smartasync::async, twice, 1));
static_assert(applying::held == smartasync::hold::owned);
using taking = decltype(smart::taken(smartasync::async, golden::Shape()));
static_assert(taking::held == smartasync::hold::in_place);
using reading = decltype(smart::first_of(smartasync::async, nullptr));
using locking = decltype(smart::locked(smartasync::async, std::declval<std::mutex&>()));
static_assert(reading::held == smartasync::hold::scoped);
static_assert(locking::held == smartasync::hold::scoped);

smartasync::task<void> inside() {
  int number = 1;
  int other = 2;
  co_await smart::raise(number, &other);
  CHECK(number == 2 && other == 3);
  CHECK(co_await smart::count(golden::Square()) == 4);
  const golden::Later later;
  CHECK(co_await smart::seen(later) == &later);
  const auto owned = std::make_unique<int>(5);
  CHECK(co_await smart::peek(owned) == 5);
  CHECK(co_await smart::letters("abc") == "abc");
  int numbers[] = {1, 2, 3};
  co_await smart::fill(numbers, 7);
  CHECK(numbers[0] == 7 && numbers[2] == 7);
  const std::string text = "text";
  const std::string longer = "longer";
  CHECK(co_await smart::place(text, longer) == text.data());
  CHECK(co_await smart::same(text, &text));
  const std::string& chosen = co_await smart::chosen(text, longer);
  CHECK(&chosen == &text);
  CHECK(co_await smart::taken(golden::Square()) == 4);
  CHECK(co_await smart::applied(twice, 4) == 8);
  std::mutex mutex;
  CHECK(co_await smart::locked(mutex));
}

}  // namespace

int main() {
  int number = 1;
  int other = 2;
  smart::raise(number, &other);
  CHECK(number == 2 && other == 3);
  CHECK(smart::count(golden::Square()) == 4);
  const golden::Later later;
  CHECK(smart::seen(later) == &later);
  CHECK(smart::peek(std::make_unique<int>(5)) == 5);
  CHECK(smart::letters("abc") == "abc");
  int numbers[] = {1, 2, 3};
  smart::fill(numbers, 7);
  CHECK(numbers[0] == 7 && numbers[2] == 7);
  const std::string text = "text";
  CHECK(smart::place(text, text) == text.data());
  CHECK(smart::same(text, &text));
  CHECK(&smart::chosen(smartasync::sync, text, text) == &text);
  CHECK(smart::taken(golden::Square()) == 4);
  smartasync::run(inside());
  return golden::ended_after(22);
}
