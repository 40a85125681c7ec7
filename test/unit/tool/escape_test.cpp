// SPDX-License-Identifier: MIT
#include "emit/escape.hpp"

#include <string>

#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

TEST(escape, makes_a_literal_that_means_the_text) {
  EXPECT_EQ(string_literal("db"), "\"db\"");
  EXPECT_EQ(string_literal("say \"hi\" \\ now"), R"("say \"hi\" \\ now")");
  EXPECT_EQ(string_literal("a\nb\tc"), R"("a\nb\tc")");
  EXPECT_EQ(string_literal(std::string("a\0"
                                       "1\x7F",
                                       4)),
            R"("a\0001\177")");
  EXPECT_EQ(string_literal("\xC3\xA9"), "\"\xC3\xA9\"");
  EXPECT_EQ(string_literal("what?\?/?"), R"("what?\?/?")");
}

TEST(escape, keeps_a_comment_from_ending_or_going_on) {
  EXPECT_EQ(comment_text("a\nint b;"), "a int b;");
  EXPECT_EQ(comment_text("a */ b */"), "a * / b * /");
  EXPECT_EQ(comment_text("**//"), "** //");
  EXPECT_EQ(comment_text("path\\"), "path\\ .");
  EXPECT_EQ(comment_text("what?\?/"), "what?\?/ .");
  EXPECT_EQ(comment_text("path\\ \n"), "path\\ .");
}

TEST(escape, moves_line_comments_to_another_depth) {
  EXPECT_EQ(documentation_lines(2, "/// One.\n  ///   Two.\r\n///"),
            "  /// One.\n  ///   Two.\n  ///\n");
  EXPECT_EQ(documentation_lines(0, ""), "");
}

TEST(escape, lines_up_the_stars_of_a_block_comment) {
  EXPECT_EQ(documentation_lines(2, "/**\n   * One.\n   */"), "  /**\n   * One.\n   */\n");
  EXPECT_EQ(documentation_lines(0, "/** One. */"), "/** One. */\n");
  EXPECT_EQ(documentation_lines(0, "/* a */ /* b\nc */ // d"), "/* a */ /* b\nc */ // d\n");
}

TEST(escape, leaves_out_what_is_no_comment) {
  for (const char* text :
       {"int a;", "/// One.\nint a;", "/* a */ int b;", "/* a", "/** a\nb */ c", "/* a */ /* b"}) {
    EXPECT_EQ(documentation_lines(0, text), "") << text;
  }
}

TEST(escape, lets_no_comment_swallow_the_line_behind_it) {
  EXPECT_EQ(documentation_lines(0, "/// C:\\dir\\"), "/// C:\\dir\\ .\n");
}

}  // namespace
}  // namespace smartasync::gen
