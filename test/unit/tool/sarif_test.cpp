// SPDX-License-Identifier: MIT
#include "output/sarif.hpp"

#include <gtest/gtest.h>

#include "llvm/Support/JSON.h"

namespace smartasync::gen {
namespace {

// The one run of the log.
llvm::json::Object run_of(const std::vector<diagnostic>& findings) {
  llvm::Expected<llvm::json::Value> log = llvm::json::parse(sarif_text(findings, "1.2.3"));
  if (!log) {
    ADD_FAILURE() << llvm::toString(log.takeError());
    return {};
  }
  return *(*log->getAsObject()->getArray("runs"))[0].getAsObject();
}

}  // namespace

TEST(sarif, has_a_result_for_each_finding_and_a_rule_for_each_kind) {
  llvm::json::Object run = run_of({{diagnostic_id::output_stale, {"a.hpp", 0, 0, {}}, "one", {}},
                                   {diagnostic_id::no_facade, {"b.hpp", 3, 4, "    x"}, "two", {}},
                                   {diagnostic_id::output_stale, {}, "three", {}}});
  const llvm::json::Object& driver = *run.getObject("tool")->getObject("driver");
  EXPECT_EQ(driver.getString("version"), "1.2.3");
  EXPECT_EQ(driver.getArray("rules")->size(), 2u);
  const llvm::json::Array& results = *run.getArray("results");
  ASSERT_EQ(results.size(), 3u);
  EXPECT_EQ(results[1].getAsObject()->getString("ruleId"), "no-facade");
  EXPECT_EQ(results[1].getAsObject()->getInteger("ruleIndex"), 1);
  EXPECT_EQ(results[1].getAsObject()->getString("level"), "note");
  EXPECT_EQ(results[2].getAsObject()->getInteger("ruleIndex"), 0);
  EXPECT_EQ(results[2].getAsObject()->getArray("locations"), nullptr);
}

TEST(sarif, counts_columns_in_code_points_and_escapes_paths) {
  llvm::json::Object run =
      run_of({{diagnostic_id::header_error, {"/a b/\xc3\xa9.hpp", 2, 4, "\xc3\xa9 x"}, "m", {}}});
  const llvm::json::Object& physical =
      *(*(*run.getArray("results"))[0].getAsObject()->getArray("locations"))[0]
           .getAsObject()
           ->getObject("physicalLocation");
  EXPECT_EQ(physical.getObject("artifactLocation")->getString("uri"), "file:///a%20b/%C3%A9.hpp");
  EXPECT_EQ(physical.getObject("region")->getInteger("startLine"), 2);
  EXPECT_EQ(physical.getObject("region")->getInteger("startColumn"), 3);
}

TEST(sarif, keeps_notes_with_their_finding) {
  llvm::json::Object run = run_of({{diagnostic_id::header_error,
                                    {"a.hpp", 1, 1, "x"},
                                    "message",
                                    {{{}, "remedy"}, {{"b.hpp", 5, 0, {}}, "there"}}}});
  const llvm::json::Object& result = *(*run.getArray("results"))[0].getAsObject();
  EXPECT_EQ(result.getObject("message")->getString("text"), "message\nremedy");
  ASSERT_EQ(result.getArray("relatedLocations")->size(), 1u);
}

TEST(sarif, is_json_whatever_bytes_a_message_holds) {
  EXPECT_EQ(
      run_of({{diagnostic_id::header_error, {}, "\xff\"\\\n", {}}}).getArray("results")->size(),
      1u);
}

}  // namespace smartasync::gen
