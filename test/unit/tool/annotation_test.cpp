// SPDX-License-Identifier: MIT
#include "model/annotation.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

annotation parsed(std::string_view text) {
  const annotation_result result = parse_annotation(text);
  for (const annotation_fault& fault : result.faults) {
    ADD_FAILURE() << text << " at " << fault.offset << ": " << fault.message;
  }
  return result.value;
}

/// The one fault of a text in which there must be one.
annotation_fault fault_of(std::string_view text) {
  const annotation_result result = parse_annotation(text);
  EXPECT_EQ(result.faults.size(), 1U) << text;
  if (result.faults.empty()) return {diagnostic_id::output_clash, 999, "no fault", ""};
  return result.faults.front();
}

void expect_fault(std::string_view text, diagnostic_id id, std::size_t offset) {
  const annotation_fault fault = fault_of(text);
  EXPECT_EQ(diagnostic_name(fault.id), diagnostic_name(id)) << text;
  EXPECT_EQ(fault.offset, offset) << text << ": " << fault.message;
  EXPECT_FALSE(fault.message.empty());
  EXPECT_FALSE(fault.message.ends_with('.')) << fault.message;
}

TEST(annotation, of_no_arguments_says_nothing) {
  for (const char* text : {"", "  ", "\n", "/* nothing */", "// nothing"}) {
    const annotation value = parsed(text);
    EXPECT_FALSE(value.executor || value.loop || value.name || value.kind);
    EXPECT_FALSE(value.serial || value.debug || value.borrow_all);
    EXPECT_TRUE(value.borrow.empty() && value.own.empty());
  }
}

TEST(annotation, reads_every_key) {
  const annotation value = parsed(
      R"(executor = "db", serial, debug, kind = sync, name = "fetch", borrow, borrow = "sql", own = "p")");
  EXPECT_EQ(value.executor, "db");
  EXPECT_TRUE(value.serial);
  EXPECT_TRUE(value.debug);
  EXPECT_EQ(value.kind, call_kind::sync);
  EXPECT_EQ(value.name, "fetch");
  EXPECT_TRUE(value.borrow_all);
  ASSERT_EQ(value.borrow.size(), 1U);
  EXPECT_EQ(value.borrow[0].parameter, "sql");
  ASSERT_EQ(value.own.size(), 1U);
  EXPECT_EQ(value.own[0].parameter, "p");
  EXPECT_FALSE(value.loop);
  EXPECT_EQ(parsed(R"(loop = "net")").loop, "net");
  EXPECT_EQ(parsed("kind = async").kind, call_kind::async);
}

TEST(annotation, takes_the_keys_in_any_order) {
  const annotation value =
      parsed(R"(own="q",kind=async,borrow="a",debug,own="r",loop="n",borrow="b")");
  EXPECT_EQ(value.loop, "n");
  EXPECT_TRUE(value.debug);
  EXPECT_FALSE(value.borrow_all);
  ASSERT_EQ(value.borrow.size(), 2U);
  EXPECT_EQ(value.borrow[1].parameter, "b");
  ASSERT_EQ(value.own.size(), 2U);
  EXPECT_EQ(value.own[1].parameter, "r");
}

TEST(annotation, remembers_where_values_stand) {
  const annotation value = parsed(R"(executor = "db", name = "f", borrow = "a")");
  EXPECT_EQ(value.executor_offset, 11U);
  EXPECT_EQ(value.name_offset, 24U);
  ASSERT_EQ(value.borrow.size(), 1U);
  EXPECT_EQ(value.borrow[0].offset, 38U);
  EXPECT_EQ(parsed(R"(loop = "n")").loop_offset, 7U);
}

TEST(annotation, spans_lines_with_comments_and_continuations) {
  const annotation value =
      parsed("executor // the pool\n = \\\n \"d\" /* and */ \"b\",\r\n serial");
  EXPECT_EQ(value.executor, "db");
  EXPECT_TRUE(value.serial);
}

TEST(annotation, reads_escapes_and_raw_strings) {
  EXPECT_EQ(parsed(R"(executor = "d\x62")").executor, "db");
  EXPECT_EQ(parsed("executor = R\"(d\\b)\"").executor, "d\\b");
  EXPECT_EQ(parsed("executor = u8\"\\u00e9\"").executor, "\xC3\xA9");
}

TEST(annotation, names_the_nearest_key_for_an_unknown_one) {
  expect_fault("exector = \"db\"", diagnostic_id::annotation_unknown_key, 0);
  EXPECT_EQ(fault_of("exector = \"db\"").message, "the attribute has no key 'exector'");
  EXPECT_EQ(fault_of("exector = \"db\"").remedy, "did you mean 'executor'?");
  EXPECT_EQ(fault_of("serail").remedy, "did you mean 'serial'?");
  EXPECT_EQ(fault_of("Loop = \"x\"").remedy, "did you mean 'loop'?");
  EXPECT_EQ(fault_of("quite_another = 3").remedy,
            "the keys are executor, loop, serial, debug, kind, name, borrow, own");
}

TEST(annotation, refuses_the_wrong_type_at_the_value) {
  expect_fault("executor = 3", diagnostic_id::annotation_wrong_type, 11);
  expect_fault("executor = 'd'", diagnostic_id::annotation_wrong_type, 11);
  expect_fault("executor = -3", diagnostic_id::annotation_wrong_type, 11);
  expect_fault("executor = f(1, 2)", diagnostic_id::annotation_wrong_type, 11);
  expect_fault("serial = \"x\"", diagnostic_id::annotation_wrong_type, 9);
  expect_fault("debug = true", diagnostic_id::annotation_wrong_type, 8);
  expect_fault("kind = maybe", diagnostic_id::annotation_wrong_type, 7);
  expect_fault("kind = \"async\"", diagnostic_id::annotation_wrong_type, 7);
  expect_fault("borrow = sql", diagnostic_id::annotation_wrong_type, 9);
}

TEST(annotation, refuses_a_key_without_its_value) {
  expect_fault("executor", diagnostic_id::annotation_wrong_type, 0);
  expect_fault("serial, kind", diagnostic_id::annotation_wrong_type, 8);
  expect_fault("own", diagnostic_id::annotation_wrong_type, 0);
  expect_fault("executor =", diagnostic_id::annotation_syntax, 10);
  expect_fault("executor = , serial", diagnostic_id::annotation_syntax, 11);
}

TEST(annotation, shows_the_right_form_as_remedy) {
  EXPECT_EQ(fault_of("executor = db").remedy, "write executor = \"db\"");
  EXPECT_EQ(fault_of("own = p").remedy, "write own = \"p\"");
  EXPECT_EQ(fault_of("kind = \"async\"").remedy, "write kind = async");
  EXPECT_EQ(fault_of("loop").remedy, "write loop = \"net\"");
}

TEST(annotation, refuses_duplicates_at_the_second) {
  expect_fault("serial, serial", diagnostic_id::annotation_duplicate_key, 8);
  expect_fault("executor = \"a\", executor = \"b\"", diagnostic_id::annotation_duplicate_key, 16);
  expect_fault("borrow, borrow", diagnostic_id::annotation_duplicate_key, 8);
  expect_fault("borrow = \"a\", borrow = \"a\"", diagnostic_id::annotation_duplicate_key, 23);
  expect_fault("own = \"a\", own = \"a\"", diagnostic_id::annotation_duplicate_key, 17);
}

TEST(annotation, refuses_a_parameter_both_borrowed_and_owned) {
  expect_fault("borrow = \"a\", own = \"a\"", diagnostic_id::annotation_conflict, 20);
  expect_fault("own = \"a\", borrow = \"a\"", diagnostic_id::annotation_conflict, 20);
  parsed("borrow, own = \"a\"");
}

TEST(annotation, refuses_an_executor_where_it_has_no_say) {
  expect_fault("executor = \"a\", loop = \"b\"", diagnostic_id::annotation_conflict, 23);
  expect_fault("loop = \"b\", executor = \"a\"", diagnostic_id::annotation_conflict, 23);
  expect_fault("executor = \"a\", kind = async", diagnostic_id::annotation_conflict, 11);
}

TEST(annotation, refuses_values_that_are_empty_or_would_break_out) {
  for (const char* key : {"executor", "loop", "borrow", "own"}) {
    const std::string start = std::string(key) + " = ";
    for (const char* value : {"\"\"", R"("a\nb")", R"("a\"b")", R"("it's")", R"("\0")", R"("\xff")",
                              R"("\u202e")", "R\"(a\nb)\""}) {
      expect_fault(start + value, diagnostic_id::annotation_bad_value, start.size());
    }
  }
}

TEST(annotation, refuses_names_that_no_function_can_have) {
  for (const char* value : {"\"a b\"", "\"3a\"", "\"a::b\"", "\"class\"", "\"co_await\"", "\"a-b\"",
                            R"("\u00e9")", "\"f(); int g\""}) {
    expect_fault(std::string("name = ") + value, diagnostic_id::annotation_name_not_identifier, 7);
  }
  expect_fault("name = \"\"", diagnostic_id::annotation_bad_value, 7);
  EXPECT_EQ(parsed("name = \"_fetch2\"").name, "_fetch2");
}

TEST(annotation, refuses_what_is_no_list_of_keys) {
  expect_fault("= 3", diagnostic_id::annotation_syntax, 0);
  expect_fault("\"db\"", diagnostic_id::annotation_syntax, 0);
  expect_fault(", serial", diagnostic_id::annotation_syntax, 0);
  expect_fault("serial,", diagnostic_id::annotation_syntax, 6);
  expect_fault("serial,, debug", diagnostic_id::annotation_syntax, 7);
  expect_fault("serial debug", diagnostic_id::annotation_syntax, 7);
  expect_fault("serial) debug", diagnostic_id::annotation_syntax, 6);
  expect_fault("executor = \"a\" + \"b\"", diagnostic_id::annotation_syntax, 15);
  expect_fault("executor = \"a", diagnostic_id::annotation_syntax, 11);
  expect_fault("serial /* a", diagnostic_id::annotation_syntax, 7);
  expect_fault("executor = \"\\q\"", diagnostic_id::annotation_syntax, 12);
}

TEST(annotation, goes_on_behind_a_missing_comma) {
  const annotation_result result = parse_annotation("serial debug kind = sync");
  ASSERT_EQ(result.faults.size(), 2U);
  EXPECT_EQ(result.faults[1].offset, 13U);
  EXPECT_EQ(result.faults[1].message, "a comma was expected here, not 'kind'");
}

TEST(annotation, finds_all_faults_in_one_pass_in_order) {
  const annotation_result result = parse_annotation(
      "exector = \"db\", serial = {1, 2}, kind = maybe, own, debug, debug, executor = \"\\q\"");
  std::vector<std::size_t> offsets;
  std::vector<std::string_view> names;
  for (const annotation_fault& fault : result.faults) {
    offsets.push_back(fault.offset);
    names.push_back(diagnostic_name(fault.id));
  }
  EXPECT_EQ(offsets, (std::vector<std::size_t>{0, 25, 40, 47, 59, 78}));
  EXPECT_EQ(names, (std::vector<std::string_view>{
                       "annotation-unknown-key", "annotation-wrong-type", "annotation-wrong-type",
                       "annotation-wrong-type", "annotation-duplicate-key", "annotation-syntax"}));
}

TEST(annotation, never_shows_raw_bytes_in_a_message) {
  for (const char* text : {"\x01 = 3", "executor = \x1b", "\xff\xfe", "\x7f"}) {
    for (const annotation_fault& fault : parse_annotation(text).faults) {
      for (const char c : fault.message + fault.remedy) {
        EXPECT_TRUE(c >= 0x20 && c < 0x7F) << fault.message;
      }
    }
  }
}

TEST(annotation, survives_every_prefix_of_a_long_text) {
  const std::string text =
      "executor = R\"x(d\\b)x\" \"\\u00e9\", /* c */ kind = async, own = \"p\" 'q' 1e+5 {([])} "
      "\\\n, b";
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const annotation_result result = parse_annotation(std::string_view(text).substr(0, length));
    for (const annotation_fault& fault : result.faults) EXPECT_LE(fault.offset, length);
  }
}

}  // namespace
}  // namespace smartasync::gen
