// SPDX-License-Identifier: MIT
#include "emit/facade_text.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shop_unit.hpp"

namespace smartasync::gen {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string text_of(const record& what) {
  const unit in = shop_unit({what});
  const auto plan = plan_entries(in, {});
  return facade_text(plan[0].items[0], plan[0]);
}

TEST(facade_text, is_a_class_with_the_entries_and_no_other_name) {
  record box = shop_record("Box", {as_method(shop_function("get", "int"), "Box")});
  box.documentation = "/// Box holds a number.";
  EXPECT_EQ(text_of(box), R"(/// Box holds a number.
class Box : public ::shop::Box {
 public:
  using ::shop::Box::Box;

  /// Takes over an object that the library itself has made.
  explicit Box(::shop::Box&& base) : ::shop::Box(std::move(base)) {}

  smartasync::call<int, shop_client_hpp::Box_get> get() SMARTASYNC_LIFETIMEBOUND {
    return {smartasync::by_context, static_cast<::shop::Box&>(*this)};
  }
  int get(smartasync::sync_t) {
    return smartasync::block<shop_client_hpp::Box_get>(
        smartasync::sync, static_cast<::shop::Box&>(*this));
  }
  smartasync::operation<int, shop_client_hpp::Box_get>
  get(smartasync::async_t) SMARTASYNC_LIFETIMEBOUND {
    return {smartasync::async, static_cast<::shop::Box&>(*this)};
  }
};
)");
}

TEST(facade_text, can_be_made_as_its_base_can) {
  record box = shop_record("Box", {as_method(shop_function("get", "int"), "Box")});
  box.has_constructors_to_inherit = false;
  box.default_constructible = true;
  EXPECT_THAT(text_of(box), Not(HasSubstr("using ::shop::Box::Box;")));
  EXPECT_THAT(text_of(box), HasSubstr(" public:\n  Box() = default;\n\n"));
  box.move_constructible = false;
  EXPECT_THAT(text_of(box), Not(HasSubstr("std::move(base)")));
  EXPECT_THAT(text_of(box), HasSubstr(" public:\n  smartasync::call<"));
}

TEST(facade_text, keeps_overloads_without_entries_visible) {
  record box = shop_record("Box", {as_method(shop_function("get", "int"), "Box")});
  box.overloads_to_keep = {"get", "put"};
  EXPECT_THAT(text_of(box),
              HasSubstr("\n\n  using ::shop::Box::get;\n  using ::shop::Box::put;\n\n"));
}

TEST(facade_text, repeats_qualifiers_and_goes_through_the_right_reference) {
  function get = as_method(shop_function("get", "int"), "Box");
  get.is_const = true;
  get.ref = ref_qualifier::lvalue;
  function take = as_method(shop_function("take", "int"), "Box");
  take.ref = ref_qualifier::rvalue;
  function make = as_method(shop_function("make", "int"), "Box");
  make.is_static = true;
  const std::string text = text_of(shop_record("Box", {get, take, make}));
  EXPECT_THAT(text, HasSubstr("int get(smartasync::sync_t) const & {"));
  EXPECT_THAT(text, HasSubstr("sync, static_cast<const ::shop::Box&>(*this))"));
  EXPECT_THAT(text, HasSubstr("int take(smartasync::sync_t) && {"));
  EXPECT_THAT(text, HasSubstr("sync, static_cast<::shop::Box&&>(*this))"));
  EXPECT_THAT(
      text,
      HasSubstr("  static int make(smartasync::sync_t) {\n"
                "    return smartasync::block<shop_client_hpp::Box_make>(smartasync::sync);"));
  EXPECT_THAT(text, HasSubstr("static smartasync::call<int, shop_client_hpp::Box_make> make() {"));
}

TEST(facade_text, says_why_there_is_none) {
  record box = shop_record("Box", {as_method(shop_function("get", "int"), "Box")});
  box.no_facade_reason = "the class is final";
  EXPECT_EQ(text_of(box),
            "// shop::Box has no facade: the class is final. smartasync::ref has its entries.\n");
  EXPECT_THAT(text_of(box), StartsWith("//"));
}

}  // namespace
}  // namespace smartasync::gen
