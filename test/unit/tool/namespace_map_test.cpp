// SPDX-License-Identifier: MIT
#include "model/namespace_map.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

using names = std::vector<std::string>;

namespace_map map_of(std::initializer_list<std::string_view> rules) {
  std::vector<namespace_rule> parsed;
  for (const std::string_view rule : rules) {
    const auto one = parse_namespace_rule(rule);
    EXPECT_TRUE(one) << rule;
    if (one) parsed.push_back(*one);
  }
  return namespace_map(parsed);
}

TEST(namespace_map, adds_smart_where_no_rule_fits) {
  EXPECT_EQ(namespace_map().target({"shop", "impl"}), (names{"shop", "impl", "smart"}));
  EXPECT_EQ(namespace_map().target({}), names{"smart"});
  EXPECT_EQ(map_of({"shop=store"}).target({"shopping"}), (names{"shopping", "smart"}));
  EXPECT_EQ(map_of({"shop::impl=store"}).target({"shop"}), (names{"shop", "smart"}));
}

TEST(namespace_map, sends_a_namespace_elsewhere) {
  EXPECT_EQ(map_of({"shop::impl=shop"}).target({"shop", "impl"}), names{"shop"});
  EXPECT_EQ(map_of({"::shop=::a::b"}).target({"shop"}), (names{"a", "b"}));
}

TEST(namespace_map, keeps_the_parts_behind_the_match) {
  EXPECT_EQ(map_of({"shop::impl=shop"}).target({"shop", "impl", "net"}), (names{"shop", "net"}));
}

TEST(namespace_map, lets_the_longest_match_win) {
  for (const auto& rules :
       {map_of({"shop=a", "shop::impl=b"}), map_of({"shop::impl=b", "shop=a"})}) {
    EXPECT_EQ(rules.target({"shop", "impl"}), names{"b"});
    EXPECT_EQ(rules.target({"shop", "net"}), (names{"a", "net"}));
  }
}

TEST(namespace_map, lets_the_later_of_two_rules_for_one_namespace_win) {
  EXPECT_EQ(map_of({"shop=a", "shop=b"}).target({"shop"}), names{"b"});
}

TEST(namespace_map, knows_the_global_namespace) {
  EXPECT_EQ(map_of({"shop=::"}).target({"shop"}), names{});
  EXPECT_EQ(map_of({"::=api"}).target({}), names{"api"});
}

TEST(namespace_map, refuses_what_is_no_rule) {
  for (const char* text : {"", "shop", "=shop", "shop=", "shop=a=b", "shop::=a", "a b=c", "a=class",
                           "a=3", "a:b=c", "a=b;", "a=::::b", "a=\xC3\xA9"}) {
    EXPECT_FALSE(parse_namespace_rule(text)) << text;
  }
}

TEST(namespace_map, joins_names) {
  EXPECT_EQ(joined({"shop", "impl"}), "shop::impl");
  EXPECT_EQ(joined({}), "");
}

}  // namespace
}  // namespace smartasync::gen
