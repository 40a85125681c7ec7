// SPDX-License-Identifier: MIT
#include "output/line_match.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <random>

namespace smartasync::gen {
namespace {

using lines = std::vector<std::string_view>;

std::size_t longest_common_part(const lines& one, const lines& other) {
  std::vector<std::vector<std::size_t>> best(one.size() + 1,
                                             std::vector<std::size_t>(other.size() + 1));
  for (std::size_t i = 1; i <= one.size(); ++i) {
    for (std::size_t j = 1; j <= other.size(); ++j) {
      best[i][j] = one[i - 1] == other[j - 1] ? best[i - 1][j - 1] + 1
                                              : std::max(best[i - 1][j], best[i][j - 1]);
    }
  }
  return best[one.size()][other.size()];
}

lines kept(const lines& all, const std::vector<bool>& taken_out) {
  lines rest;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!taken_out[i]) {
      rest.push_back(all[i]);
    }
  }
  return rest;
}

}  // namespace

TEST(line_match, finds_no_difference_between_equal_texts) {
  const lines text = {"a", "b"};
  const line_match match = match_lines(text, text);
  EXPECT_EQ(match.removed, std::vector<bool>(2));
  EXPECT_EQ(match.added, std::vector<bool>(2));
}

TEST(line_match, marks_all_lines_against_an_empty_text) {
  EXPECT_EQ(match_lines({}, {"a", "b"}).added, std::vector<bool>(2, true));
  EXPECT_EQ(match_lines({"a", "b"}, {}).removed, std::vector<bool>(2, true));
}

TEST(line_match, leaves_the_longest_common_part_of_any_two_texts) {
  std::mt19937 random(20);
  const lines alphabet = {"a", "b", "c", "d", "e"};
  for (int round = 0; round < 5000; ++round) {
    const std::size_t letters = 1 + random() % alphabet.size();
    lines one(random() % 14);
    lines other(random() % 14);
    std::generate(one.begin(), one.end(), [&] { return alphabet[random() % letters]; });
    std::generate(other.begin(), other.end(), [&] { return alphabet[random() % letters]; });
    const line_match match = match_lines(one, other);
    const lines common = kept(one, match.removed);
    ASSERT_EQ(common, kept(other, match.added)) << "round " << round;
    ASSERT_EQ(common.size(), longest_common_part(one, other)) << "round " << round;
  }
}

}  // namespace smartasync::gen
