// SPDX-License-Identifier: MIT
#include "emit/entry_text.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shop_unit.hpp"

namespace smartasync::gen {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string text_of(const function& what, entry_place where = {}) {
  return entry_text({&what, nullptr, what.parameters.size(), what.name}, where);
}

TEST(entry_text, is_the_stub_and_one_entry_for_each_tag) {
  function add = as_async(
      shop_function("add", "int", {scalar_parameter("int", "a"), scalar_parameter("int", "b")}));
  add.documentation = "/// Adds.";
  add.parameters[1].default_text = "1";
  entry_place where;
  where.specifiers = "inline";
  where.objects = "x_hpp::";
  EXPECT_EQ(text_of(add, where), R"(/// Adds.
inline smartasync::call<int, x_hpp::add> add(int a, int b = 1) {
  return {smartasync::by_context, a, b};
}
inline int add(smartasync::sync_t, int a, int b = 1) {
  return smartasync::block<x_hpp::add>(smartasync::sync, a, b);
}
inline smartasync::operation<int, x_hpp::add> add(smartasync::async_t, int a, int b = 1) {
  return {smartasync::async, a, b};
}
)");
}

TEST(entry_text, puts_the_object_before_the_arguments) {
  const function get = shop_function("get", "int", {moved_parameter("std::string", "path")});
  EXPECT_THAT(text_of(get, {2, "", "const", "*object_", "", false}),
              HasSubstr("  int get(smartasync::sync_t, std::string path) const {\n"
                        "    return smartasync::block<get>(smartasync::sync, *object_, "
                        "std::move(path));\n  }\n"));
}

TEST(entry_text, says_which_calls_point_into_the_object) {
  const std::string text = text_of(shop_function("get", "int"), {0, "", "const", "", "", true});
  EXPECT_THAT(text, HasSubstr("get() const SMARTASYNC_LIFETIMEBOUND {"));
  EXPECT_THAT(text, HasSubstr("get(smartasync::sync_t) const {"));
  EXPECT_THAT(text, HasSubstr("get(smartasync::async_t) const SMARTASYNC_LIFETIMEBOUND {"));
}

TEST(entry_text, marks_borrowed_parameters_of_calls_that_may_be_pending) {
  const std::string text =
      text_of(shop_function("get", "int", {borrowed_parameter("::shop::Row", "row")}));
  EXPECT_THAT(text, HasSubstr("get(::shop::Row& row SMARTASYNC_LIFETIMEBOUND) {"));
  EXPECT_THAT(text, HasSubstr("get(smartasync::sync_t, ::shop::Row& row) {"));
}

TEST(entry_text, promises_noexcept_only_for_the_sync_entry_of_a_sync_function) {
  function get = shop_function("get", "int");
  get.is_noexcept = true;
  EXPECT_THAT(text_of(get), HasSubstr("get(smartasync::sync_t) noexcept {"));
  EXPECT_THAT(text_of(get), HasSubstr("get() {"));
  EXPECT_THAT(text_of(get), HasSubstr("get(smartasync::async_t) {"));
  EXPECT_THAT(text_of(as_async(get)), Not(HasSubstr("noexcept")));
}

TEST(entry_text, carries_attributes_over_to_all_three) {
  function get = shop_function("get", "int");
  get.nodiscard = true;
  get.deprecated = "use \"load\"";
  const std::string text = text_of(get);
  const std::string attributes = R"([[nodiscard]] [[deprecated("use \"load\"")]])";
  std::size_t count = 0;
  for (auto at = text.find(attributes); at != std::string::npos;
       at = text.find(attributes, at + 1)) {
    ++count;
  }
  EXPECT_EQ(count, 3U);
  get.deprecated = "";
  EXPECT_THAT(text_of(get), HasSubstr("[[deprecated]]"));
}

TEST(entry_text, has_the_name_that_the_author_chose) {
  function get = shop_function("get", "int");
  get.marks.name = "fetch";
  EXPECT_THAT(text_of(get), HasSubstr("int fetch(smartasync::sync_t) {"));
  EXPECT_THAT(text_of(get), Not(HasSubstr(" get(")));
}

TEST(entry_text, returns_void_and_references_as_they_are) {
  EXPECT_THAT(text_of(shop_function("stop", "void")), HasSubstr("call<void, stop> stop() {"));
  EXPECT_THAT(text_of(shop_function("row", "::shop::Row&")),
              HasSubstr("::shop::Row& row(smartasync::sync_t) {"));
}

}  // namespace
}  // namespace smartasync::gen
