// SPDX-License-Identifier: MIT
#include "model/adoption.hpp"

#include <gmock/gmock.h>

namespace smartasync::gen {
namespace {

adoption_rule rule(std::vector<std::string> names, std::vector<std::string> exclude = {}) {
  adoption_rule made;
  made.names = std::move(names);
  made.exclude = std::move(exclude);
  return made;
}

TEST(adoption, an_exact_name_selects_a_function_without_sweeping) {
  const adoption all{{rule({"shop::get"})}};
  const auto found = all.select("shop::get", "");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].is_swept);
  EXPECT_TRUE(all.select("shop::getAll", "").empty());
}

TEST(adoption, the_name_of_a_class_sweeps_in_its_methods) {
  const adoption all{{rule({"shop::Client"})}};
  const auto found = all.select("shop::Client::get", "shop::Client");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].is_swept);
}

TEST(adoption, a_glob_sweeps) {
  const adoption all{{rule({"shop::*"})}};
  ASSERT_EQ(all.select("shop::get", "").size(), 1u);
  EXPECT_TRUE(all.select("shop::get", "")[0].is_swept);
}

TEST(adoption, what_is_excluded_is_not_selected_by_its_own_name_or_by_the_qualified_one) {
  const adoption all{{rule({"shop::Client"}, {"get*", "shop::Client::put"})}};
  EXPECT_TRUE(all.select("shop::Client::getAll", "shop::Client").empty());
  EXPECT_TRUE(all.select("shop::Client::put", "shop::Client").empty());
  EXPECT_EQ(all.select("shop::Client::drop", "shop::Client").size(), 1u);
}

TEST(adoption, every_rule_that_fits_is_named) {
  const adoption all{{rule({"shop::*"}), rule({"shop::put", "shop::get"})}};
  const auto found = all.select("shop::get", "");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].rule, 1u);
  EXPECT_EQ(found[1].name, 1u);
}

}  // namespace
}  // namespace smartasync::gen
