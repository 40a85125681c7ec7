// SPDX-License-Identifier: MIT
#include "emit/assertion_text.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shop_unit.hpp"

namespace smartasync::gen {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string text_of(const std::vector<std::variant<function, record>>& items) {
  const unit in = shop_unit(items);
  std::string text;
  for (const planned_namespace& each : plan_entries(in, {})) {
    text += assertion_text(each);
  }
  return text;
}

TEST(assertion_text, proves_all_three_entries) {
  EXPECT_EQ(
      text_of({shop_function("f", "int", {scalar_parameter("int", "a")})}),
      R"(static_assert(std::is_same_v<smartasync::call<int, ::shop::smart::shop_client_hpp::f>,
                             decltype(::shop::smart::f(smartasync::some<int>()))>);
static_assert(std::is_same_v<
    int,
    decltype(::shop::smart::f(smartasync::sync, smartasync::some<int>()))>);
static_assert(std::is_same_v<
    smartasync::operation<int, ::shop::smart::shop_client_hpp::f>,
    decltype(::shop::smart::f(smartasync::async, smartasync::some<int>()))>);
)");
}

TEST(assertion_text, calls_methods_of_the_facade) {
  function get = as_method(shop_function("get", "int"), "Box");
  get.is_const = true;
  function make = as_method(shop_function("make", "int"), "Box");
  make.is_static = true;
  function take = as_method(shop_function("take", "int"), "Box");
  take.ref = ref_qualifier::rvalue;
  const std::string text = text_of({shop_record("Box", {get, make, take})});
  EXPECT_THAT(text, HasSubstr("std::declval<const ::shop::smart::Box&>().get(smartasync::sync)"));
  EXPECT_THAT(text, HasSubstr("::shop::smart::Box::make(smartasync::sync)"));
  EXPECT_THAT(text, HasSubstr("std::declval<::shop::smart::Box>().take(smartasync::sync)"));
}

TEST(assertion_text, calls_methods_of_ref_where_there_is_no_facade) {
  function get = as_method(shop_function("get", "int"), "Box");
  get.is_const = true;
  record box = shop_record("Box", {get});
  box.no_facade_reason = "the class is final";
  EXPECT_THAT(text_of({box}),
              HasSubstr("std::declval<smartasync::ref<::shop::Box>&>().get(smartasync::sync)"));
}

TEST(assertion_text, leaves_out_what_a_call_would_not_single_out) {
  function two =
      shop_function("f", "int", {scalar_parameter("int", "a"), scalar_parameter("int", "b")});
  two.parameters[1].default_text = "1";
  const function one = shop_function("f", "int", {scalar_parameter("int", "a")});
  const std::string text = text_of({two, one});
  EXPECT_THAT(text,
              HasSubstr("::shop::smart::f(smartasync::some<int>(), smartasync::some<int>())"));
  EXPECT_THAT(text, Not(HasSubstr("::shop::smart::f(smartasync::some<int>())")));

  EXPECT_EQ(text_of({shop_function("g", "int", {moved_parameter("std::string", "a")}),
                     shop_function("g", "int", {copied_parameter("std::string", "a")})}),
            "");
}

TEST(assertion_text, says_nothing_of_the_stub_beside_overloads_without_entries) {
  record box = shop_record("Box", {as_method(shop_function("get", "int"), "Box")});
  box.overloads_to_keep = {"get"};
  const std::string text = text_of({box});
  EXPECT_THAT(text, Not(HasSubstr("smartasync::call<")));
  EXPECT_THAT(text, HasSubstr("get(smartasync::sync)"));
}

TEST(assertion_text, does_not_call_what_is_deprecated) {
  function old = shop_function("old", "int");
  old.deprecated = "";
  EXPECT_EQ(text_of({old}), "");
}

TEST(assertion_text, breaks_what_does_not_fit) {
  EXPECT_THAT(text_of({shop_function("function_with_a_long_name", "int",
                                     {copied_parameter("::shop::A_rather_long_class", "a"),
                                      copied_parameter("::shop::A_rather_long_class", "b")})}),
              HasSubstr(R"(static_assert(std::is_same_v<
    int,
    decltype(::shop::smart::function_with_a_long_name(
        smartasync::sync,
        smartasync::some<const ::shop::A_rather_long_class&>(),
        smartasync::some<const ::shop::A_rather_long_class&>()))>);
)"));
}

}  // namespace
}  // namespace smartasync::gen
