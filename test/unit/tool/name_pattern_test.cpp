// SPDX-License-Identifier: MIT
#include "model/name_pattern.hpp"

#include <gmock/gmock.h>

namespace smartasync::gen {
namespace {

using testing::ElementsAre;

TEST(name_pattern, braces_give_each_of_their_parts) {
  EXPECT_THAT(expand_braces("db::{exec,get}All"), ElementsAre("db::execAll", "db::getAll"));
  EXPECT_THAT(expand_braces("{a,b}::{c,d}"), ElementsAre("a::c", "a::d", "b::c", "b::d"));
  EXPECT_THAT(expand_braces("a{b{c,d},}"), ElementsAre("abc", "abd", "a"));
  EXPECT_THAT(expand_braces("plain"), ElementsAre("plain"));
}

TEST(name_pattern, braces_that_do_not_close_are_text) {
  EXPECT_THAT(expand_braces("a{b,c"), ElementsAre("a{b,c"));
  EXPECT_THAT(expand_braces("a}b"), ElementsAre("a}b"));
}

TEST(name_pattern, a_star_stays_within_one_part_of_the_name) {
  EXPECT_TRUE(matches_name("shop::*", "shop::add"));
  EXPECT_TRUE(matches_name("shop::*", "shop::"));
  EXPECT_FALSE(matches_name("shop::*", "shop::Client::get"));
  EXPECT_TRUE(matches_name("*::get*", "Client::getAll"));
  EXPECT_FALSE(matches_name("*get", "Client::get"));
  EXPECT_TRUE(matches_name("sqlite3_*_v2", "sqlite3_prepare_v2"));
}

TEST(name_pattern, names_are_qualified_from_the_global_namespace_with_or_without_colons) {
  EXPECT_TRUE(matches_name("::shop::add", "shop::add"));
  EXPECT_TRUE(matches_name("shop::add", "shop::add"));
  EXPECT_FALSE(matches_name("add", "shop::add"));
}

}  // namespace
}  // namespace smartasync::gen
