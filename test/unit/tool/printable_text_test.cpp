// SPDX-License-Identifier: MIT
#include "model/printable_text.hpp"

#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

TEST(printable_text, is_ascii_and_well_formed_utf8) {
  for (const char* text : {"", "db", "a\\b", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
    EXPECT_TRUE(is_printable_text(text)) << text;
  }
}

TEST(printable_text, holds_no_control_characters) {
  for (const char* text : {"\n", "a\tb", "\x7F", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xAE"}) {
    EXPECT_FALSE(is_printable_text(text));
  }
  EXPECT_FALSE(is_printable_text(std::string_view("\0", 1)));
}

TEST(printable_text, is_not_broken_utf8) {
  for (const char* text : {"\xFF", "\x80", "\xC3", "\xC3(", "\xC0\x80", "\xE0\x80\x80",
                           "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
    EXPECT_FALSE(is_printable_text(text));
  }
}

}  // namespace
}  // namespace smartasync::gen
