// SPDX-License-Identifier: MIT
#include "golden/spans.smart.hpp"

#include <smartasync/smartasync.hpp>

#include "golden/check.hpp"

namespace {

namespace g = golden::smart;

// A pending call that has outlived what it was given, whose memory is in use again.
auto orphaned_sum() {
  const std::vector<int> values(50, 2);
  return g::sum(smartasync::async, values);
}
auto orphaned_text() {
  const std::string text("a text that is long enough to be on the heap");
  return g::text(smartasync::async, text, L"wide");
}
auto orphaned_letters() {
  const std::vector<std::string> words(3, "a word that is long enough to be on the heap");
  return g::letters(smartasync::async, words);
}

smartasync::task<void> on_a_loop() {
  auto sum = orphaned_sum();
  auto text = orphaned_text();
  auto letters = orphaned_letters();
  const std::vector<int> others(50, 9);
  const std::vector<std::string> words(8, "x word that is long enough to be on the heap");
  CHECK(co_await std::move(sum) == 100);
  CHECK(co_await std::move(text) == "a text that is long enough to be on the heap4");
  CHECK(co_await std::move(letters) == 3 * words[0].size());
  std::vector<int> values(3);
  co_await g::fill(values, 5);
  CHECK(values[2] == 5);
  const int two[2] = {5, 3};
  CHECK(co_await g::fixed(two) == 2);
}

}  // namespace

int main() {
  const std::vector<int> values{1, 2, 3};
  CHECK(g::sum(values) == 6);
  CHECK(g::text("a", L"bc") == "a2");
  smartasync::run(on_a_loop());
  return golden::ended_after(7);
}
