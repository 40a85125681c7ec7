// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <functional>
#include <ranges>

#include "combinator_operations.hpp"
#include "smartasync/when_all.hpp"

namespace {

using namespace combinator_test;
using smartasync::run;
using smartasync::when_all;

TEST(when_all_of_a_range, gives_the_results_in_order) {
  std::vector<task<int>> work;
  for (int i = 0; i != 10; ++i) work.push_back(after_yields(i, 10 - i));
  const std::vector<int> results = run(when_all(std::move(work)));
  EXPECT_EQ(results, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST(when_all_of_a_range, of_nothing_gives_an_empty_vector) {
  EXPECT_TRUE(run(when_all(std::vector<task<int>>())).empty());
}

TEST(when_all_of_a_range, takes_what_a_view_makes) {
  const std::vector<int> numbers{1, 2, 3};
  const auto doubled =
      numbers | std::views::transform([](int n) { return after_yields(2 * n, n); });
  EXPECT_EQ(run(when_all(doubled)), (std::vector<int>{2, 4, 6}));
}

TEST(when_all_of_a_range, takes_callables_of_an_lvalue_by_reference) {
  int calls = 0;
  std::vector<std::function<task<int>()>> made(3, [&calls] { return at_once(++calls); });
  auto all = when_all(made);
  static_assert(!std::is_move_constructible_v<decltype(all)>);
  EXPECT_EQ(run(all), (std::vector<int>{1, 2, 3}));
}

TEST(when_all_of_a_range, gives_void_as_monostate_and_references_wrapped) {
  int target = 0;
  auto refers = [&target]() -> task<int&> { co_return target; };
  std::vector<task<int&>> work;
  work.push_back(refers());
  std::vector<std::reference_wrapper<int>> references = run(when_all(std::move(work)));
  references.at(0).get() = 9;
  EXPECT_EQ(target, 9);
  std::vector<task<>> nothing;
  nothing.push_back([]() -> task<> { co_return; }());
  EXPECT_EQ(run(when_all(std::move(nothing))).size(), 1U);
}

TEST(when_all_of_a_range, the_first_failure_cancels_the_rest) {
  std::vector<std::string> log;
  std::vector<task<int>> work;
  work.push_back(until_cancelled(log, "a", 2));
  work.push_back(fails_after_yields("second", 4));
  work.push_back(fails_after_yields("first", 1));
  work.push_back(until_cancelled(log, "b"));
  EXPECT_EQ(text_of_error([&] { run(when_all(std::move(work))); }), "first");
  EXPECT_EQ(log.size(), 6U);
}

}  // namespace
