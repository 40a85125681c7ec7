// SPDX-License-Identifier: MIT
#include "emit/argument.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "shop_unit.hpp"

namespace smartasync::gen {
namespace {

parameter kept(parameter what, keep_policy how) {
  what.keep = how;
  return what;
}

parameter declared(std::string type, std::string declaration, std::string value_type,
                   keep_policy how) {
  parameter made;
  made.name = "values";
  made.type = std::move(type);
  made.declaration = std::move(declaration);
  made.value_type = std::move(value_type);
  made.keep = how;
  return made;
}

const parameter number = scalar_parameter("int", "a");
const parameter text = moved_parameter("std::string", "a");
const parameter shared = copied_parameter("std::string", "a");
const parameter view = viewed_parameter("std::string_view", "std::string", "a");
const parameter row = borrowed_parameter("::shop::Row", "a");
const parameter pointer = kept(scalar_parameter("::shop::Row *", "a"), keep_policy::borrowed);
const parameter letters = kept(scalar_parameter("const char *", "a"), keep_policy::in_place);
const parameter array = declared("int (&)[4]", "int (&values)[4]", "int[4]", keep_policy::borrowed);
const parameter stolen =
    declared("std::string &&", "std::string &&values", "std::string", keep_policy::moved);
const parameter callback = [] {
  parameter made =
      declared("void (*)(int &)", "void (*values)(int &)", "void (*)(int &)", keep_policy::moved);
  made.scalar = true;
  return made;
}();

TEST(argument, names_the_policy_with_the_type_it_keeps) {
  EXPECT_EQ(policy_text(number), "smartasync::moved<int>");
  EXPECT_EQ(policy_text(shared), "smartasync::copied<std::string>");
  EXPECT_EQ(policy_text(view), "smartasync::viewed<std::string_view, std::string>");
  EXPECT_EQ(policy_text(row), "smartasync::borrowed<::shop::Row&>");
  EXPECT_EQ(policy_text(pointer), "smartasync::borrowed<::shop::Row *>");
  EXPECT_EQ(policy_text(letters), "smartasync::in_place<const char *>");
  EXPECT_EQ(policy_text(array), "smartasync::borrowed<int (&)[4]>");
  EXPECT_EQ(policy_text(stolen), "smartasync::moved<std::string>");
  EXPECT_EQ(policy_text(callback), "smartasync::moved<void (*)(int &)>");
  EXPECT_EQ(policy_text(kept(letters, keep_policy::own_text)), "smartasync::owned_text");
  EXPECT_EQ(policy_text(kept(pointer, keep_policy::own_target)),
            "smartasync::owned_target<::shop::Row>");
  EXPECT_EQ(policy_text(kept(shared, keep_policy::in_place)),
            "smartasync::in_place<const std::string&>");
  EXPECT_EQ(policy_text(kept(view, keep_policy::in_place)),
            "smartasync::in_place<std::string_view>");
}

TEST(argument, moves_objects_on_and_hands_on_the_rest) {
  EXPECT_EQ(passed_on(number), "a");
  EXPECT_EQ(passed_on(text), "std::move(a)");
  EXPECT_EQ(passed_on(shared), "a");
  EXPECT_EQ(passed_on(view), "a");
  EXPECT_EQ(passed_on(row), "a");
  EXPECT_EQ(passed_on(pointer), "a");
  EXPECT_EQ(passed_on(array), "values");
  EXPECT_EQ(passed_on(stolen), "std::move(values)");
  EXPECT_EQ(passed_on(callback), "values");
}

TEST(argument, moves_a_reference_to_an_rvalue_even_of_a_scalar) {
  parameter moved_number = declared("int &&", "int &&values", "int", keep_policy::moved);
  moved_number.scalar = true;
  EXPECT_EQ(passed_on(moved_number), "std::move(values)");
  EXPECT_EQ(invoke_parameter(moved_number), "int &&values");
}

TEST(argument, reaches_invoke_by_reference_where_it_is_an_object) {
  EXPECT_EQ(invoke_parameter(number), "int a");
  EXPECT_EQ(invoke_parameter(text), "std::string&& a");
  EXPECT_EQ(invoke_parameter(shared), "const std::string& a");
  EXPECT_EQ(invoke_parameter(view), "std::string_view a");
  EXPECT_EQ(invoke_parameter(array), "int (&values)[4]");
  EXPECT_EQ(invoke_parameter(stolen), "std::string &&values");
  EXPECT_EQ(invoke_parameter(callback), "void (*values)(int &)");
}

TEST(argument, carries_its_default_and_a_mark_where_it_is_borrowed) {
  parameter with_default = row;
  with_default.default_text = "::shop::first";
  EXPECT_EQ(entry_parameter(with_default, true),
            "::shop::Row& a SMARTASYNC_LIFETIMEBOUND = ::shop::first");
  EXPECT_EQ(entry_parameter(with_default, false), "::shop::Row& a = ::shop::first");
  EXPECT_EQ(entry_parameter(text, true), "std::string a");
  EXPECT_EQ(entry_parameter(letters, true), "const char * a SMARTASYNC_LIFETIMEBOUND");
}

TEST(argument, is_marked_in_front_where_its_name_is_in_the_middle) {
  EXPECT_EQ(entry_parameter(array, true), "SMARTASYNC_LIFETIMEBOUND int (&values)[4]");
}

}  // namespace
}  // namespace smartasync::gen
