// SPDX-License-Identifier: MIT
#include "output/unified_diff.hpp"

#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

std::string diff(std::string_view before, std::string_view after) {
  return unified_diff({"old", before}, {"new", after});
}

}  // namespace

TEST(unified_diff, is_empty_for_equal_texts) { EXPECT_EQ(diff("a\n", "a\n"), ""); }

TEST(unified_diff, shows_three_lines_around_a_difference) {
  EXPECT_EQ(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "--- old\n+++ new\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(unified_diff, names_an_empty_side_by_line_zero) {
  EXPECT_EQ(diff("", "a\nb\n"), "--- old\n+++ new\n@@ -0,0 +1,2 @@\n+a\n+b\n");
  EXPECT_EQ(diff("a\n", ""), "--- old\n+++ new\n@@ -1 +0,0 @@\n-a\n");
}

TEST(unified_diff, joins_differences_with_six_lines_between_and_parts_those_with_seven) {
  EXPECT_EQ(diff("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n"),
            "--- old\n+++ new\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
  EXPECT_EQ(diff("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n"),
            "--- old\n+++ new\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n"
            "@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

TEST(unified_diff, counts_lines_of_either_side_apart) {
  EXPECT_EQ(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "new\n1\n2\n3\n4\n5\n6\n7\n8\n"),
            "--- old\n+++ new\n@@ -1,3 +1,4 @@\n+new\n 1\n 2\n 3\n"
            "@@ -6,4 +7,3 @@\n 6\n 7\n 8\n-9\n");
}

TEST(unified_diff, tells_of_a_missing_end_of_line) {
  EXPECT_EQ(diff("a\nb", "a\nb\n"),
            "--- old\n+++ new\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
}

}  // namespace smartasync::gen
