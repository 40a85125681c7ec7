// SPDX-License-Identifier: MIT
#include "emit/ref_text.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shop_unit.hpp"

namespace smartasync::gen {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct texts {
  std::string ref;
  std::string bases;
};

texts text_of(const record& what) {
  const unit in = shop_unit({what});
  const auto plan = plan_entries(in, {});
  return {ref_text(plan[0].items[0], plan[0]), nearest_base_text(plan[0].items[0])};
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

function qualified(function what, bool is_const, ref_qualifier ref) {
  what.is_const = is_const;
  what.ref = ref;
  return what;
}

const function get = as_method(shop_function("get", "int"), "Box");

TEST(ref_text, has_the_entries_over_an_object_of_somebody_else) {
  const texts box = text_of(shop_record("Box", {get}));
  EXPECT_EQ(box.ref,
            R"(/// The entries of shop::Box over an object that someone else owns and keeps alive.
template <>
class smartasync::ref<::shop::Box> {
 public:
  explicit ref(::shop::Box& object) noexcept : object_(std::addressof(object)) {}

  smartasync::call<int, ::shop::smart::shop_client_hpp::Box_get> get() const {
    return {smartasync::by_context, *object_};
  }
  int get(smartasync::sync_t) const {
    return smartasync::block<::shop::smart::shop_client_hpp::Box_get>(smartasync::sync, *object_);
  }
  smartasync::operation<int, ::shop::smart::shop_client_hpp::Box_get>
  get(smartasync::async_t) const {
    return {smartasync::async, *object_};
  }

 private:
  ::shop::Box* object_;
};
)");
  EXPECT_EQ(box.bases,
            "annotated_base<::shop::Box> nearest_annotated_base(annotated_base_tag, "
            "::shop::Box*);\n");
}

TEST(ref_text, gives_a_const_object_its_const_and_static_entries) {
  function peek =
      qualified(as_method(shop_function("peek", "int"), "Box"), true, ref_qualifier::none);
  function make = as_method(shop_function("make", "int"), "Box");
  make.is_static = true;
  const texts box = text_of(shop_record("Box", {get, peek, make}));
  const std::string of_const = box.ref.substr(box.ref.find("ref<const ::shop::Box>"));
  EXPECT_THAT(of_const, HasSubstr("int peek(smartasync::sync_t) const {"));
  EXPECT_THAT(of_const, HasSubstr("  static int make(smartasync::sync_t) {"));
  EXPECT_THAT(of_const, Not(HasSubstr(" get(")));
  EXPECT_THAT(box.bases, HasSubstr("annotated_base<const ::shop::Box>"));
}

TEST(ref_text, has_one_of_two_overloads_that_differ_by_const) {
  const texts box = text_of(shop_record("Box", {get, qualified(get, true, ref_qualifier::none)}));
  const std::string of_mutable = box.ref.substr(0, box.ref.find("ref<const"));
  EXPECT_EQ(count(of_mutable, "int get(smartasync::sync_t)"), 1U);
  EXPECT_THAT(
      of_mutable,
      HasSubstr("block<::shop::smart::shop_client_hpp::Box_get>(smartasync::sync, *object_)"));
  EXPECT_THAT(
      box.ref.substr(of_mutable.size()),
      HasSubstr("block<::shop::smart::shop_client_hpp::Box_get_2>(smartasync::sync, *object_)"));
}

TEST(ref_text, moves_from_the_object_only_where_the_class_has_nothing_else) {
  const texts both = text_of(shop_record("Box", {qualified(get, false, ref_qualifier::rvalue),
                                                 qualified(get, false, ref_qualifier::lvalue)}));
  EXPECT_EQ(count(both.ref, "int get(smartasync::sync_t)"), 1U);
  EXPECT_THAT(both.ref, Not(HasSubstr("std::move")));
  const texts one = text_of(shop_record("Box", {qualified(get, false, ref_qualifier::rvalue)}));
  EXPECT_THAT(one.ref, HasSubstr("int get(smartasync::sync_t) const&& {"));
  EXPECT_THAT(one.ref, HasSubstr("sync, std::move(*object_))"));
}

TEST(ref_text, keeps_overloads_with_other_parameters) {
  const texts box = text_of(shop_record(
      "Box", {get, as_method(shop_function("get", "int", {scalar_parameter("int", "a")}), "Box")}));
  EXPECT_EQ(count(box.ref, "int get(smartasync::sync_t"), 2U);
}

TEST(ref_text, reaches_its_object_past_a_parameter_of_the_same_name) {
  const texts box = text_of(shop_record(
      "Box",
      {as_method(shop_function("get", "int", {scalar_parameter("int", "object_")}), "Box")}));
  EXPECT_THAT(box.ref, HasSubstr("sync, *this->object_, object_)"));
}

}  // namespace
}  // namespace smartasync::gen
