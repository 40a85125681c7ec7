// SPDX-License-Identifier: MIT
#include "model/nearest_word.hpp"

#include <array>

#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

constexpr std::array<std::string_view, 3> words{"executor", "loop", "own"};

TEST(nearest_word, counts_inserted_deleted_replaced_and_swapped_letters) {
  EXPECT_EQ(edit_distance("loop", "loop"), 0U);
  EXPECT_EQ(edit_distance("lop", "loop"), 1U);
  EXPECT_EQ(edit_distance("loops", "loop"), 1U);
  EXPECT_EQ(edit_distance("luup", "loop"), 2U);
  EXPECT_EQ(edit_distance("olop", "loop"), 1U);
  EXPECT_EQ(edit_distance("", "loop"), 4U);
  EXPECT_EQ(edit_distance("loop", ""), 4U);
}

TEST(nearest_word, finds_the_one_with_the_least_distance) {
  EXPECT_EQ(nearest_word("excutor", words), "executor");
  EXPECT_EQ(nearest_word("onw", words), "own");
}

TEST(nearest_word, finds_none_where_none_is_near) {
  EXPECT_FALSE(nearest_word("serial", words));
  EXPECT_FALSE(nearest_word("", words));
}

}  // namespace
}  // namespace smartasync::gen
