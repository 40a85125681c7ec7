// SPDX-License-Identifier: MIT
#include "emit/entry_plan.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "shop_unit.hpp"

namespace smartasync::gen {
namespace {

std::vector<std::string> objects(const unit& what, const namespace_map& namespaces = {}) {
  std::vector<std::string> names;
  for (const planned_namespace& each : plan_entries(what, namespaces)) {
    for (const planned_item& item : each.items) {
      for (const entry& one : item.entries) names.push_back(one.object);
    }
  }
  return names;
}

using names = std::vector<std::string>;

TEST(entry_plan, names_function_objects_after_class_and_function) {
  EXPECT_EQ(objects(small_shop()),
            (names{"Client_get", "Client_query", "add", "greet", "greet_with_0"}));
}

TEST(entry_plan, counts_overloads) {
  const function f = shop_function("f", "int");
  EXPECT_EQ(objects(shop_unit({f, f, f})), (names{"f", "f_2", "f_3"}));
  EXPECT_EQ(objects(shop_unit({f, shop_function("f_2", "int"), f})), (names{"f", "f_2", "f_3"}));
}

TEST(entry_plan, tells_a_method_from_a_function_of_the_same_words) {
  EXPECT_EQ(objects(shop_unit({shop_record("Client", {as_method(shop_function("get", "int"))}),
                               shop_function("Client_get", "int")})),
            (names{"Client_get", "Client_get_2"}));
}

TEST(entry_plan, makes_one_for_each_shorter_arity_the_longest_first) {
  function f = shop_function(
      "f", "int",
      {scalar_parameter("int", "a"), scalar_parameter("int", "b"), scalar_parameter("int", "c")});
  f.shorter_arities = {1, 2};
  EXPECT_EQ(objects(shop_unit({f})), (names{"f", "f_with_2", "f_with_1"}));
}

TEST(entry_plan, avoids_names_that_function_objects_need) {
  names found;
  for (const char* name :
       {"site", "kind", "result", "object", "arguments", "invoke", "std", "smartasync"}) {
    EXPECT_EQ(objects(shop_unit({shop_function(name, "int")})),
              names{std::string(name) + "_function"});
  }
}

TEST(entry_plan, makes_no_reserved_names) {
  EXPECT_EQ(objects(shop_unit({shop_record("Client_", {as_method(shop_function("_get", "int"))}),
                               shop_function("a__b", "int")})),
            (names{"Client_get", "a_b"}));
}

TEST(entry_plan, groups_by_namespace_in_the_order_of_the_source) {
  function other = shop_function("g", "int");
  other.namespaces = {"store"};
  const unit what = shop_unit({shop_function("f", "int"), other, shop_function("f", "int")});
  const auto plan = plan_entries(what, {});
  ASSERT_EQ(plan.size(), 2U);
  EXPECT_EQ(plan[0].name, "shop::smart");
  EXPECT_EQ(plan[0].items.size(), 2U);
  EXPECT_EQ(plan[0].items[1].entries[0].object, "f_2");
  EXPECT_EQ(plan[1].name, "store::smart");
  EXPECT_EQ(plan_entries(what, namespace_map({{{"store"}, {"shop", "smart"}}})).size(), 1U);
}

TEST(entry_plan, qualifies_names_from_the_global_namespace) {
  EXPECT_EQ((planned_namespace{"shop::smart", "", {}}.qualified("f")), "::shop::smart::f");
  EXPECT_EQ((planned_namespace{"", "", {}}.qualified("f")), "::f");
}

TEST(entry_plan, makes_an_identifier_of_any_include_name) {
  EXPECT_EQ(inner_namespace("shop/client.hpp"), "shop_client_hpp");
  EXPECT_EQ(inner_namespace("shop/http-client_v2.h"), "shop_http_client_v2_h");
  EXPECT_EQ(inner_namespace("../a//b.hpp"), "a_b_hpp");
  EXPECT_EQ(inner_namespace("3d.hpp"), "header_3d_hpp");
  EXPECT_EQ(inner_namespace("QtCore/QString"), "QtCore_QString_header");
  EXPECT_EQ(inner_namespace("new"), "new_header");
  EXPECT_EQ(inner_namespace("gr\xC3\xBC\xC3\x9F.hpp"), "gr_hpp");
  EXPECT_EQ(inner_namespace("\xC3\xBC.\xC3\xBC"), "header_");
}

}  // namespace
}  // namespace smartasync::gen
