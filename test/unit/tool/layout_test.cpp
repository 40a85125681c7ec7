// SPDX-License-Identifier: MIT
#include "emit/layout.hpp"

#include <string>

#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

std::string letters(std::size_t count) { return std::string(count, 'x'); }

TEST(layout, counts_letters_not_bytes) {
  EXPECT_EQ(width("abc"), 3U);
  EXPECT_EQ(width("\xC3\xA9\xE2\x82\xAC"), 2U);
}

TEST(layout, leaves_no_space_for_an_empty_word) {
  EXPECT_EQ(joined_words({"", "a", "", "b"}), "a b");
  EXPECT_EQ(joined_words({"", ""}), "");
}

TEST(layout, keeps_on_one_line_what_fits) {
  EXPECT_EQ(
      signature_lines(2, {"[[nodiscard]]", "inline", "int", "f", {"int a", "int b"}, "const"}),
      "  [[nodiscard]] inline int f(int a, int b) const {\n");
  EXPECT_EQ(signature_lines(0, {"", "", "int", "f", {}, ""}), "int f() {\n");
  EXPECT_EQ(call_lines(2, "return f", {"a", "b"}, ";"), "  return f(a, b);\n");
  EXPECT_EQ(template_lines(2, "using a = keep", {"x", "y"}, ";"), "  using a = keep<x, y>;\n");
  EXPECT_EQ(template_lines(0, "using a = keep", {}, ";"), "using a = keep<>;\n");
}

TEST(layout, fills_a_line_to_its_last_column) {
  EXPECT_EQ(call_lines(2, "f", {letters(94)}, ";"), "  f(" + letters(94) + ");\n");
  EXPECT_EQ(call_lines(2, "f", {letters(95)}, ";"), "  f(\n      " + letters(95) + ");\n");
}

TEST(layout, breaks_a_signature_before_its_name_first) {
  EXPECT_EQ(signature_lines(2, {"", "", letters(60), "function", {letters(40)}, ""}),
            "  " + letters(60) + "\n  function(" + letters(40) + ") {\n");
}

TEST(layout, gives_attributes_a_line_where_they_do_not_fit_beside_the_result) {
  EXPECT_EQ(signature_lines(0, {"[[" + letters(50) + "]]", "inline", letters(50), "f", {}, ""}),
            "[[" + letters(50) + "]]\ninline " + letters(50) + "\nf() {\n");
}

TEST(layout, breaks_a_signature_after_its_parenthesis_then_after_each_parameter) {
  EXPECT_EQ(signature_lines(0, {"", "", "int", "function", {letters(45), letters(45)}, ""}),
            "int function(\n    " + letters(45) + ", " + letters(45) + ") {\n");
  EXPECT_EQ(signature_lines(0, {"", "", "int", "f", {letters(60), letters(60)}, "const"}),
            "int f(\n    " + letters(60) + ",\n    " + letters(60) + ") const {\n");
}

TEST(layout, breaks_a_call_after_each_argument_where_one_line_is_not_enough) {
  EXPECT_EQ(call_lines(2, "return f", {letters(60), letters(60)}, ";"),
            "  return f(\n      " + letters(60) + ",\n      " + letters(60) + ");\n");
}

TEST(layout, aligns_template_arguments) {
  EXPECT_EQ(template_lines(2, "using a = keep", {letters(50), letters(50), "z"}, ";"),
            "  using a = keep<" + letters(50) + ",\n                 " + letters(50) +
                ",\n                 z>;\n");
}

TEST(layout, leaves_a_part_whole_that_is_longer_than_a_line) {
  EXPECT_EQ(call_lines(0, "f", {letters(120)}, ";"), "f(\n    " + letters(120) + ");\n");
}

TEST(layout, fills_comments) {
  EXPECT_EQ(comment_lines(0, "one  two"), "// one two\n");
  EXPECT_EQ(comment_lines(2, letters(50) + " " + letters(50) + " end"),
            "  // " + letters(50) + "\n  // " + letters(50) + " end\n");
  EXPECT_EQ(comment_lines(0, letters(120)), "// " + letters(120) + "\n");
}

}  // namespace
}  // namespace smartasync::gen
