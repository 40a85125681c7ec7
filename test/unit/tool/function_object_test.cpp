// SPDX-License-Identifier: MIT
#include "emit/function_object.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shop_unit.hpp"

namespace smartasync::gen {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string text_of(const function& what) {
  return function_object_text({&what, nullptr, what.parameters.size(), what.name});
}

std::string text_of_method(const function& what) {
  const record owner = shop_record("Client", {});
  return function_object_text({&what, &owner, what.parameters.size(), "Client_" + what.name});
}

TEST(function_object, describes_a_function_in_full) {
  function load = shop_function("load", "std::vector<::shop::Row>",
                                {viewed_parameter("std::string_view", "std::string", "sql")});
  load.marks.executor = "d";
  load.marks.serial = true;
  load.is_noexcept = true;
  EXPECT_EQ(text_of(load), R"(// shop::load(std::string_view sql): sync. A pending call owns sql.
struct load {
  static constexpr smartasync::site site{.function = "shop::load", .executor = "d", .serial = true};
  static constexpr smartasync::call_kind kind = smartasync::call_kind::sync;
  using result = std::vector<::shop::Row>;
  using arguments = smartasync::keep<smartasync::viewed<std::string_view, std::string>>;

  static std::vector<::shop::Row> invoke(std::string_view sql) noexcept {
    return ::shop::load(sql);
  }
};
)");
}

TEST(function_object, returns_the_authors_own_type_and_promises_the_awaited_one) {
  const std::string text = text_of(as_async(shop_function("load", "int")));
  EXPECT_THAT(text, HasSubstr("  using result = int;\n"));
  EXPECT_THAT(text, HasSubstr("  static smartasync::task<int> invoke() {\n"));
  EXPECT_THAT(text, HasSubstr("kind = smartasync::call_kind::async;\n"));
}

TEST(function_object, writes_a_long_site_member_by_member) {
  function load = as_async(shop_function("load_every_row_of_the_table", "int"));
  load.marks.loop = "the loop of the network";
  load.marks.debug = true;
  load.marks.serial = true;
  EXPECT_THAT(text_of(load), HasSubstr(R"(
  static constexpr smartasync::site site{.function = "shop::load_every_row_of_the_table",
                                         .loop = "the loop of the network",
                                         .serial = true,
                                         .debug = true};
)"));
}

TEST(function_object, escapes_what_the_author_wrote) {
  function load = shop_function("load", "int");
  load.marks.executor = "a\\b";
  EXPECT_THAT(text_of(load), HasSubstr(R"(.executor = "a\\b"})"));
}

TEST(function_object, says_in_words_what_a_pending_call_keeps) {
  parameter shape = copied_parameter("::shop::Shape", "shape");
  shape.keep = keep_policy::in_place;
  shape.keep_reason = "a copy would slice it";
  function draw = as_method(
      shop_function("draw", "void",
                    {moved_parameter("std::string", "path"), shape,
                     borrowed_parameter("::shop::Row", "row"), scalar_parameter("int", "n")}));
  EXPECT_THAT(
      text_of_method(draw),
      StartsWith("// shop::Client::draw(std::string path, const ::shop::Shape& shape, "
                 "::shop::Row& row, int n): sync.\n"
                 "// A pending call borrows this, row; borrows shape (a copy would slice it) in "
                 "place; owns path, n.\n"));
}

TEST(function_object, passes_the_object_first) {
  function get = as_method(shop_function("get", "int"));
  get.is_const = true;
  const std::string text = text_of_method(get);
  EXPECT_THAT(text, StartsWith("// shop::Client::get() const: sync. A pending call borrows this."));
  EXPECT_THAT(text, HasSubstr("  using object = ::shop::Client;\n"));
  EXPECT_THAT(text, HasSubstr("keep<smartasync::borrowed<const ::shop::Client&>>;\n"));
  EXPECT_THAT(text, HasSubstr("invoke(const ::shop::Client& self) {\n    return self.get();\n"));
}

TEST(function_object, moves_the_object_into_a_method_for_rvalues) {
  function take = as_method(shop_function("take", "int"));
  take.ref = ref_qualifier::rvalue;
  const std::string text = text_of_method(take);
  EXPECT_THAT(text, HasSubstr("smartasync::borrowed<::shop::Client&&>"));
  EXPECT_THAT(text,
              HasSubstr("invoke(::shop::Client&& self) {\n    return std::move(self).take();"));
}

TEST(function_object, gives_the_object_a_name_that_no_parameter_has) {
  const function get = as_method(shop_function(
      "get", "int", {scalar_parameter("int", "self"), scalar_parameter("int", "self_")}));
  EXPECT_THAT(text_of_method(get),
              HasSubstr("invoke(::shop::Client& self__, int self, int self_) {\n"
                        "    return self__.get(self, self_);"));
}

TEST(function_object, of_a_static_method_has_no_object) {
  function make = as_method(shop_function("make", "int"));
  make.is_static = true;
  const std::string text = text_of_method(make);
  EXPECT_THAT(text, HasSubstr("    return ::shop::Client::make();\n"));
  EXPECT_THAT(text, HasSubstr("using arguments = smartasync::keep<>;"));
  EXPECT_THAT(text, Not(HasSubstr("using object")));
}

TEST(function_object, says_whose_defaults_are_left_to_the_author) {
  const function f =
      shop_function("f", "int", {scalar_parameter("int", "a"), scalar_parameter("int", "b")});
  EXPECT_THAT(function_object_text({&f, nullptr, 1, "f_with_1"}),
              StartsWith("// shop::f(int a) with the author's default for b: sync."));
  EXPECT_THAT(function_object_text({&f, nullptr, 0, "f_with_0"}),
              StartsWith("// shop::f() with the author's defaults for a, b: sync."));
}

TEST(function_object, calls_a_deprecated_function_without_a_warning) {
  function old = shop_function("old", "void");
  old.deprecated = "";
  EXPECT_THAT(text_of(old), HasSubstr(R"(
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  static void invoke() {
    return ::shop::old();
  }
#pragma GCC diagnostic pop
};
)"));
}

TEST(function_object, lets_a_parameter_have_the_name_of_a_member) {
  const std::string text = text_of(shop_function("f", "void", {scalar_parameter("int", "site")}));
  EXPECT_THAT(text, HasSubstr("#pragma GCC diagnostic ignored \"-Wshadow\"\n"
                              "  static void invoke(int site) {\n"));
}

TEST(function_object, calls_by_the_functions_own_name) {
  function load = shop_function("load", "int");
  load.marks.name = "fetch";
  EXPECT_THAT(text_of(load), HasSubstr("return ::shop::load();"));
}

}  // namespace
}  // namespace smartasync::gen
