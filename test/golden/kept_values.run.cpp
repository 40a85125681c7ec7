// SPDX-License-Identifier: MIT
#include "golden/kept_values.smart.hpp"

#include <smartasync/smartasync.hpp>

#include <algorithm>

#include "golden/check.hpp"

namespace {

namespace smart = golden::smart;

// Longer than what a string holds without the heap, so that a view into a dead one shows.
constexpr std::string_view long_text = "a text that is longer than thirty-two characters";

int twice(int number) { return 2 * number; }

/// A call that owns what it needs is made here, where its arguments die, and awaited elsewhere.
auto made_copied() {
  const std::string text(long_text);
  return smart::copied(text);
}

auto made_viewed() {
  std::string text(long_text);
  auto pending = smart::viewed(text);
  std::fill(text.begin(), text.end(), '!');
  return pending;
}

auto made_summed() {
  std::vector<int> numbers{1, 2, 3};
  auto pending = smart::summed(numbers);
  std::fill(numbers.begin(), numbers.end(), 100);
  return pending;
}

auto made_letters() {
  std::string text(long_text);
  auto pending = smart::letters(text.c_str());
  std::fill(text.begin(), text.end(), '!');
  return pending;
}

auto made_target() {
  int number = 5;
  auto pending = smart::target(&number);
  number = 100;
  return pending;
}

auto made_elements() {
  int numbers[] = {1, 2, 3};
  auto pending = smart::elements(numbers);
  std::fill(std::begin(numbers), std::end(numbers), 100);
  return pending;
}

smartasync::task<void> inside() {
  CHECK(co_await smart::moved(std::string(long_text)) == long_text);
  CHECK(co_await smart::stolen(std::make_unique<int>(3)) == 3);
  auto copied = made_copied();
  auto viewed = made_viewed();
  auto summed = made_summed();
  auto letters = made_letters();
  auto target = made_target();
  auto elements = made_elements();
  CHECK(co_await copied == long_text);
  CHECK(co_await viewed == long_text);
  CHECK(co_await summed == 6);
  CHECK(co_await letters == long_text);
  CHECK(co_await target == 5);
  CHECK(co_await elements == 6);
  CHECK(co_await smart::called(&twice, 4) == 8);
  CHECK(co_await smart::letters(nullptr) == "null");

  // Owned calls become tasks that anyone may keep.
  smartasync::task<std::size_t> task =
      smart::many(1, "two", std::string("three"), "four", 5.5).to_task();
  CHECK(co_await std::move(task) == 18);
}

}  // namespace

int main() {
  CHECK(smart::moved(std::string(long_text)) == long_text);
  CHECK(smart::stolen(std::make_unique<int>(3)) == 3);
  CHECK(made_copied() == long_text);
  CHECK(smart::viewed(long_text) == long_text);
  CHECK(smart::summed(std::vector<int>{1, 2, 3}) == 6);
  CHECK(smart::letters("abc") == "abc");
  const int five = 5;
  CHECK(smart::target(&five) == 5);
  const int numbers[] = {1, 2, 3};
  CHECK(smart::elements(numbers) == 6);
  CHECK(smart::called(&twice, 4) == 8);
  CHECK(smart::many(1, "two", "three", "four", 5.5) == 18u);
  smartasync::run(inside());
  return golden::ended_after(21);
}
