// SPDX-License-Identifier: MIT
#include "model/tokenizer.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> texts(std::string_view source) {
  std::vector<std::string> found;
  for (const token& each : tokenize(source).tokens) found.push_back(each.text);
  return found;
}

std::vector<token_kind> kinds(std::string_view source) {
  std::vector<token_kind> found;
  for (const token& each : tokenize(source).tokens) found.push_back(each.kind);
  return found;
}

std::string only_string(std::string_view source) {
  const token_list list = tokenize(source);
  EXPECT_TRUE(list.faults.empty()) << source;
  EXPECT_EQ(list.tokens.size(), 2U) << source;
  EXPECT_EQ(list.tokens.front().kind, token_kind::string) << source;
  return list.tokens.front().text;
}

void expect_fault(std::string_view source, std::size_t offset, const std::string& message) {
  const token_list list = tokenize(source);
  ASSERT_EQ(list.faults.size(), 1U) << source;
  EXPECT_EQ(list.faults.front().offset, offset) << source;
  EXPECT_EQ(list.faults.front().message, message) << source;
}

TEST(tokenizer, ends_every_list_with_an_end_token_behind_the_text) {
  const token_list list = tokenize("  ");
  ASSERT_EQ(list.tokens.size(), 1U);
  EXPECT_EQ(list.tokens.front().kind, token_kind::end);
  EXPECT_EQ(list.tokens.front().offset, 2U);
}

TEST(tokenizer, tells_words_strings_numbers_and_signs_apart) {
  EXPECT_THAT(
      kinds("key = \"v\", 3 ( ) [ ] { } + 'c'"),
      ElementsAre(token_kind::word, token_kind::equals, token_kind::string, token_kind::comma,
                  token_kind::number, token_kind::open, token_kind::close, token_kind::open,
                  token_kind::close, token_kind::open, token_kind::close, token_kind::other,
                  token_kind::number, token_kind::end));
}

TEST(tokenizer, knows_where_each_token_begins) {
  const token_list list = tokenize("a /* b */ = \"c\"");
  ASSERT_EQ(list.tokens.size(), 4U);
  EXPECT_EQ(list.tokens[1].offset, 10U);
  EXPECT_EQ(list.tokens[2].offset, 12U);
}

TEST(tokenizer, skips_comments_of_both_forms) {
  EXPECT_THAT(texts("a // b\n c /* d\n e */ f"), ElementsAre("a", "c", "f", ""));
}

TEST(tokenizer, reads_comment_signs_in_a_string_as_text) {
  EXPECT_EQ(only_string("\"a // b /* c */\""), "a // b /* c */");
}

TEST(tokenizer, joins_lines_that_end_with_a_backslash) {
  EXPECT_THAT(texts("exe\\\ncu\\\r\ntor"), ElementsAre("executor", ""));
  EXPECT_EQ(only_string("\"d\\\nb\""), "db");
  EXPECT_THAT(texts("a // b \\\n still b\n c"), ElementsAre("a", "c", ""));
  EXPECT_THAT(texts("/\\\n/ a\nb"), ElementsAre("b", ""));
}

TEST(tokenizer, counts_offsets_in_the_text_as_it_stands) {
  const token_list list = tokenize("a\\\nb \\\n c");
  ASSERT_EQ(list.tokens.size(), 3U);
  EXPECT_EQ(list.tokens[0].text, "ab");
  EXPECT_EQ(list.tokens[1].offset, 8U);
}

TEST(tokenizer, makes_one_string_of_adjacent_ones) {
  EXPECT_EQ(only_string("\"a\" \"b\" /* c */ R\"(d)\"\n u8\"e\""), "abde");
}

TEST(tokenizer, resolves_the_simple_escapes) {
  EXPECT_EQ(only_string(R"("\'\"\?\\\a\b\f\n\r\t\v")"), "'\"?\\\a\b\f\n\r\t\v");
}

TEST(tokenizer, resolves_numeric_escapes) {
  EXPECT_EQ(only_string(R"("\101\x42\x0043")"), "ABC");
  EXPECT_EQ(only_string(R"("\1012")"), "A2");
  EXPECT_EQ(only_string(R"("\u00e9")"), "\xC3\xA9");
  EXPECT_EQ(only_string(R"("\u20AC")"), "\xE2\x82\xAC");
  EXPECT_EQ(only_string(R"("\U0001F600")"), "\xF0\x9F\x98\x80");
}

TEST(tokenizer, keeps_a_nul_in_the_value) {
  EXPECT_EQ(only_string(R"("a\0b")"), std::string("a\0b", 3));
}

TEST(tokenizer, refuses_escapes_that_are_no_character) {
  expect_fault(R"("\x")", 1, "this escape is no character");
  expect_fault(R"("\x100")", 1, "this escape is no character");
  expect_fault(R"("\xFFFFFFFFFFFFFFFFFFFF00")", 1, "this escape is no character");
  expect_fault(R"("a\777")", 2, "this escape is no character");
  expect_fault(R"("\uD800")", 1, "this escape is no character");
  expect_fault(R"("\U00110000")", 1, "this escape is no character");
  expect_fault(R"("\u12")", 1, "this escape is no character");
  expect_fault(R"("\q")", 1, "there is no such escape");
}

TEST(tokenizer, reads_a_raw_string_as_it_stands) {
  EXPECT_EQ(only_string("R\"(a\\n\"b\\\nc)\""), "a\\n\"b\\\nc");
  EXPECT_EQ(only_string("R\"--(a)\"b)--\""), "a)\"b");
  EXPECT_EQ(only_string("u8R\"()\""), "");
}

TEST(tokenizer, refuses_a_raw_string_without_end_or_delimiter) {
  expect_fault("a = R\"(b", 5, "this raw string has no end");
  expect_fault("R\"a b(c)a b\"", 1, "this raw string has no valid delimiter");
  expect_fault("R\"12345678901234567(c)12345678901234567\"", 1,
               "this raw string has no valid delimiter");
}

TEST(tokenizer, refuses_what_has_no_end) {
  expect_fault("a = \"b, c", 4, "this string has no end");
  expect_fault("a = \"b\n, c", 4, "this string has no end");
  expect_fault("a /* b", 2, "this comment has no end");
  expect_fault("a 'b", 2, "this character has no end");
  expect_fault("'\\", 0, "this character has no end");
}

TEST(tokenizer, goes_on_behind_a_string_without_end) {
  EXPECT_THAT(texts("\"b\n, c"), ElementsAre("b", ",", "c", ""));
}

TEST(tokenizer, marks_a_string_with_a_fault_as_broken) {
  EXPECT_TRUE(tokenize("\"a\" \"\\q\"").tokens.front().broken);
  EXPECT_FALSE(tokenize("\"a\"").tokens.front().broken);
}

TEST(tokenizer, refuses_wide_strings_and_suffixes) {
  expect_fault("a = L\"b\"", 4, "a string of the attribute is narrow: 'L' does not belong here");
  expect_fault("UR\"(b)\"", 0, "a string of the attribute is narrow: 'U' does not belong here");
  expect_fault("\"b\"s", 3, "a string of the attribute takes no suffix");
}

TEST(tokenizer, takes_a_word_that_is_no_prefix_and_a_string_apart) {
  EXPECT_THAT(texts("xR \"a\""), ElementsAre("xR", "a", ""));
}

TEST(tokenizer, reads_a_number_as_one_token) {
  EXPECT_THAT(texts("1e+5 0x1'F .5f 3-2"), ElementsAre("1e+5", "0x1'F", ".5f", "3", "-", "2", ""));
}

TEST(tokenizer, takes_a_run_of_other_letters_as_one_sign) {
  EXPECT_THAT(texts("\xC3\xA9\xC3\xA8 a"), ElementsAre("\xC3\xA9\xC3\xA8", "a", ""));
}

}  // namespace
}  // namespace smartasync::gen
