// SPDX-License-Identifier: MIT
#include "model/source_position.hpp"

#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

const source_position start{"shop.hpp", 7, 13, "[[smartasync(serial,"};

TEST(source_position, counts_columns_on_the_first_line) {
  const source_position place = position_in(start, "serial,\n  own", 3);
  EXPECT_EQ(place.file, "shop.hpp");
  EXPECT_EQ(place.line, 7U);
  EXPECT_EQ(place.column, 16U);
  EXPECT_EQ(place.line_text, "[[smartasync(serial,");
}

TEST(source_position, counts_lines_and_knows_the_text_of_a_later_one) {
  const source_position place = position_in(start, "serial,\r\n  own,\r\n  debug", 11);
  EXPECT_EQ(place.line, 8U);
  EXPECT_EQ(place.column, 3U);
  EXPECT_EQ(place.line_text, "  own,");
}

TEST(source_position, stays_unknown_where_the_start_is) {
  EXPECT_EQ(position_in({}, "a\nb", 2).line, 0U);
}

TEST(source_position, ends_with_the_text) { EXPECT_EQ(position_in(start, "ab", 99).column, 15U); }

}  // namespace
}  // namespace smartasync::gen
