// SPDX-License-Identifier: MIT
#include "model/rules.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "shop_unit.hpp"

namespace smartasync::gen {
namespace {

using items = std::vector<std::variant<function, record>>;

std::vector<diagnostic> findings(items all, const namespace_map& namespaces = {}) {
  return check_rules({shop_unit(std::move(all))}, namespaces);
}

/// The one finding of items in which there must be one.
diagnostic finding_of(items all, const namespace_map& namespaces = {}) {
  const auto found = findings(std::move(all), namespaces);
  EXPECT_EQ(found.size(), 1U);
  return found.empty() ? diagnostic{diagnostic_id::output_clash, {}, "no finding", {}}
                       : found.front();
}

std::string remedy(const diagnostic& found) {
  return found.notes.empty() ? "no remedy" : found.notes.back().message;
}

function marked(function what, std::string_view text) {
  const annotation_result parsed = parse_annotation(text);
  EXPECT_TRUE(parsed.faults.empty()) << text;
  what.marks = parsed.value;
  what.marks_text = text;
  what.marks_where = {"/include/shop/client.hpp", 6, 15, "[[smartasync(...)]]"};
  return what;
}

function open_file() {
  return shop_function(
      "open", "int",
      {copied_parameter("std::string", "path"), borrowed_parameter("::shop::Row", "row")});
}

TEST(rules, find_nothing_in_a_sound_unit) { EXPECT_TRUE(findings(small_shop().items).empty()); }

TEST(rules, refuse_a_method_with_the_name_of_the_class_that_it_would_be_a_constructor_of) {
  record client = shop_record("Client", {as_method(shop_function("ref", "int", {}))});
  const diagnostic taken = finding_of({client});
  EXPECT_EQ(taken.id, diagnostic_id::name_taken);
  EXPECT_EQ(remedy(taken), "give them another with name = \"...\"");

  client.methods.front().name = "Client";
  EXPECT_EQ(finding_of({client}).id, diagnostic_id::name_taken);

  client.no_facade_reason = "it is final";
  EXPECT_TRUE(findings({client}).empty());
}

TEST(rules, refuse_a_choice_that_names_no_parameter) {
  const diagnostic found = finding_of({marked(open_file(), "borrow = \"paht\"")});
  EXPECT_EQ(found.id, diagnostic_id::annotation_unknown_parameter);
  EXPECT_EQ(found.message, "'shop::open' has no parameter 'paht' to borrow");
  EXPECT_EQ(remedy(found), "did you mean 'path'?");
  EXPECT_EQ(found.where.line, 6U);
  EXPECT_EQ(found.where.column, 24U);

  EXPECT_EQ(remedy(finding_of({marked(open_file(), "own = \"xyz12\"")})),
            "its parameters are path, row");
  EXPECT_EQ(remedy(finding_of({marked(shop_function("stop", "void"), "own = \"p\"")})),
            "it has no parameters");
}

TEST(rules, stand_at_the_function_where_the_argument_has_no_place) {
  function open = marked(open_file(), "own = \"p\"");
  open.marks_where = {};
  EXPECT_EQ(finding_of({open}).where.line, 7U);
}

TEST(rules, refuse_to_borrow_what_the_call_owns) {
  const function put = shop_function("put", "void", {moved_parameter("std::string", "text")});
  const diagnostic found = finding_of({marked(put, "borrow = \"text\"")});
  EXPECT_EQ(found.id, diagnostic_id::annotation_cannot_borrow);
  EXPECT_EQ(found.message, "'text' is of type std::string, which a pending call can only own");
}

TEST(rules, refuse_to_own_what_stays_borrowed) {
  const diagnostic found = finding_of({marked(open_file(), "own = \"row\"")});
  EXPECT_EQ(found.id, diagnostic_id::annotation_cannot_own);
  EXPECT_EQ(found.message,
            "'row' is of type ::shop::Row&, of which a pending call cannot keep a copy");
}

TEST(rules, accept_choices_that_are_kept) {
  EXPECT_TRUE(findings({marked(open_file(), "own = \"path\", borrow = \"row\"")}).empty());
  EXPECT_TRUE(findings({marked(open_file(), "borrow, executor = \"db\"")}).empty());
}

TEST(rules, refuse_an_executor_on_an_async_function) {
  const diagnostic found = finding_of({marked(as_async(open_file()), "executor = \"db\"")});
  EXPECT_EQ(found.id, diagnostic_id::annotation_executor_on_async);
  EXPECT_EQ(found.where.column, 26U);
}

TEST(rules, look_into_classes) {
  const function get =
      marked(as_async(as_method(shop_function("get", "int"))), "executor = \"db\", own = \"x\"");
  const auto found = findings({shop_record("Client", {get})});
  EXPECT_EQ(found.size(), 2U);
}

TEST(rules, let_overloads_stand_beside_each_other) {
  function constant = as_method(shop_function("get", "int"));
  constant.is_const = true;
  function temporary = as_method(shop_function("put", "int"));
  temporary.ref = ref_qualifier::rvalue;
  function named = as_method(shop_function("put", "int"));
  named.ref = ref_qualifier::lvalue;
  EXPECT_TRUE(findings({shop_function("f", "int"),
                        shop_function("f", "int", {scalar_parameter("int", "a")}),
                        shop_record("Client", {as_method(shop_function("get", "int")), constant,
                                               temporary, named}),
                        shop_function("get", "int")})
                  .empty());
}

TEST(rules, refuse_a_name_that_makes_two_entries_one) {
  function load = shop_function("load", "int", {scalar_parameter("const int", "b")});
  load.parameters[0].value_type = "int";
  const diagnostic found =
      finding_of({shop_function("fetch", "int", {scalar_parameter("int", "a")}),
                  marked(load, "name = \"fetch\"")});
  EXPECT_EQ(found.id, diagnostic_id::entries_clash);
  EXPECT_EQ(found.message,
            "'shop::fetch' and 'shop::load' would both have the entry 'shop::smart::fetch(int)'");
  ASSERT_EQ(found.notes.size(), 2U);
  EXPECT_EQ(found.notes[0].message, "the other one is here");
}

TEST(rules, refuse_an_overload_that_a_left_out_default_makes_twice) {
  function two = shop_function(
      "f", "int", {scalar_parameter("int", "a"), copied_parameter("std::string", "b")});
  two.shorter_arities = {1};
  const function one = shop_function("f", "int", {scalar_parameter("int", "a")});
  EXPECT_EQ(finding_of({two, one}).id, diagnostic_id::entries_clash);
  EXPECT_EQ(finding_of({one, two}).id, diagnostic_id::entries_clash);
}

TEST(rules, refuse_methods_that_clash) {
  const function load = marked(as_method(shop_function("load", "int")), "name = \"get\"");
  const diagnostic found =
      finding_of({shop_record("Client", {as_method(shop_function("get", "int")), load})});
  EXPECT_EQ(found.id, diagnostic_id::entries_clash);
  EXPECT_NE(found.message.find("'shop::smart::Client::get()'"), std::string::npos);
}

TEST(rules, refuse_a_facade_and_a_function_of_one_name) {
  const diagnostic found =
      finding_of({shop_record("Client", {as_method(shop_function("get", "int"))}),
                  marked(shop_function("make", "int"), "name = \"Client\"")});
  EXPECT_EQ(found.id, diagnostic_id::entries_clash);
}

TEST(rules, refuse_a_map_that_makes_two_namespaces_clash) {
  function other = shop_function("f", "int");
  other.namespaces = {"store"};
  other.qualified_name = "store::f";
  const namespace_map both({{{"shop"}, {"api"}}, {{"store"}, {"api"}}});
  EXPECT_EQ(finding_of({shop_function("f", "int"), other}, both).id,
            diagnostic_id::namespaces_clash);
  EXPECT_TRUE(findings({shop_function("f", "int"), other}).empty());

  const auto apart =
      check_rules({shop_unit({shop_function("f", "int")}), shop_unit({other})}, both);
  EXPECT_EQ(apart.size(), 1U);
}

TEST(rules, let_two_headers_declare_the_same_function) {
  EXPECT_TRUE(check_rules({small_shop(), small_shop()}, {}).empty());
}

TEST(rules, refuse_names_that_would_hide_std_or_smartasync) {
  function nested = shop_function("f", "int");
  nested.namespaces = {"shop", "std"};
  EXPECT_EQ(finding_of({nested}).id, diagnostic_id::name_taken);
  EXPECT_TRUE(findings({nested}, namespace_map({{{"shop", "std"}, {"shop"}}})).empty());

  record hiding = shop_record("smartasync", {as_method(shop_function("get", "int"), "smartasync")});
  EXPECT_EQ(finding_of({hiding}).id, diagnostic_id::name_taken);
  hiding.no_facade_reason = "the class is final";
  EXPECT_TRUE(findings({hiding}).empty());
}

TEST(rules, speak_of_an_inherited_method_once) {
  const function get =
      marked(as_async(as_method(shop_function("get", "int"))), "executor = \"db\"");
  EXPECT_EQ(findings({shop_record("Client", {get}), shop_record("Other", {get})}).size(), 1U);
}

TEST(rules, find_all_there_is) {
  const auto found =
      findings({marked(as_async(open_file()), "executor = \"db\", own = \"x\""),
                shop_function("f", "int"), shop_function("f", "int"), shop_function("f", "int")});
  EXPECT_EQ(found.size(), 4U);
}

}  // namespace
}  // namespace smartasync::gen
