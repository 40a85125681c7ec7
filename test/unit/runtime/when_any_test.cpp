// SPDX-License-Identifier: MIT
#include "smartasync/when_any.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "combinator_operations.hpp"
#include "smartasync/context_var.hpp"

namespace {

using namespace combinator_test;
using smartasync::run;
using smartasync::when_any;

TEST(when_any, the_first_that_ends_wins_and_the_rest_is_cancelled_and_awaited) {
  std::vector<std::string> log;
  const auto winner =
      run(when_any(until_cancelled(log, "a", 2), after_yields(2, 2), until_cancelled(log, "b")));
  EXPECT_EQ(winner.index(), 1U);
  EXPECT_EQ(std::get<1>(winner), 2);
  EXPECT_EQ(std::count(log.begin(), log.end(), "a ended"), 1);
  EXPECT_EQ(std::count(log.begin(), log.end(), "b ended"), 1);
}

TEST(when_any, the_first_operand_wins_among_those_that_end_at_once) {
  const auto winner = run(when_any(at_once(1), at_once(2)));
  EXPECT_EQ(winner.index(), 0U);
}

TEST(when_any, a_failure_counts_as_an_end) {
  std::vector<std::string> log;
  EXPECT_EQ(text_of_error(
                [&] { run(when_any(until_cancelled(log, "a"), fails_after_yields("lost", 1))); }),
            "lost");
  EXPECT_EQ(log.size(), 3U);
}

TEST(when_any, drops_what_the_losers_end_with) {
  auto fails_when_cancelled = []() -> task<int> {
    try {
      co_await smartasync::sleep_for(for_ever);
    } catch (const smartasync::cancelled_error&) {
      throw std::runtime_error("dropped");
    }
    co_return 0;
  };
  EXPECT_EQ(run(when_any(fails_when_cancelled(), after_yields(2, 1))).index(), 1U);
}

TEST(when_any, gives_void_references_and_move_only_values) {
  int target = 1;
  auto nothing = [](int yields) -> task<> {
    for (int i = 0; i != yields; ++i) co_await smartasync::yield();
  };
  auto refers = [&]() -> task<int&> { co_return target; };
  auto owns = []() -> task<std::unique_ptr<int>> { co_return std::make_unique<int>(3); };
  const auto referred = run(when_any(nothing(2), refers()));
  ASSERT_EQ(referred.index(), 1U);
  EXPECT_EQ(&std::get<1>(referred).get(), &target);
  const auto owned = run(when_any(owns(), nothing(2)));
  ASSERT_EQ(owned.index(), 0U);
  EXPECT_EQ(*std::get<0>(owned), 3);
  EXPECT_EQ(run(when_any(nothing(0), owns())).index(), 0U);
}

TEST(when_any, passes_a_cancellation_from_outside) {
  std::vector<std::string> log;
  auto outer =
      when_any(when_any(until_cancelled(log, "a"), until_cancelled(log, "b")), after_yields(1, 2));
  EXPECT_EQ(run(std::move(outer)).index(), 1U);
  EXPECT_EQ(std::count(log.begin(), log.end(), "a cancelled"), 1);
  EXPECT_EQ(std::count(log.begin(), log.end(), "b cancelled"), 1);
}

TEST(when_any, refers_to_what_cannot_be_moved) {
  using stays = decltype(when_any(at_once(1), immovable(2)));
  static_assert(!std::is_move_constructible_v<stays>);
  static_assert(std::is_move_constructible_v<decltype(when_any(at_once(1)))>);
  const std::size_t index = run([]() -> task<std::size_t> {
    immovable named(1);
    const auto winner = co_await when_any(smartasync::sleep_for(for_ever), named);
    co_return winner.index();
  });
  EXPECT_EQ(index, 1U);
}

TEST(when_any, keeps_the_variables_of_its_operands_apart) {
  smartasync::context_var<int> level(0);
  run([&]() -> task<> {
    level.set(1);
    auto sets = [&](int to) -> task<int> {
      const int before = level.get();
      level.set(to);
      co_return before;
    };
    const auto winner = co_await when_any(sets(2), sets(3));
    EXPECT_EQ(std::get<0>(winner), 1);
    EXPECT_EQ(level.get(), 1);
  });
}

}  // namespace
