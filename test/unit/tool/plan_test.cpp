// SPDX-License-Identifier: MIT
#include "cli/plan.hpp"

#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

unit header(const std::string& path, const std::string& include_name) {
  unit made;
  made.header = path;
  made.include_name = include_name;
  return made;
}

options into_directory() {
  options given;
  given.output_dir = "out";
  return given;
}

}  // namespace

TEST(plan, puts_smart_before_the_extension) {
  EXPECT_EQ(smart_name("shop/client.hpp"), "shop/client.smart.hpp");
  EXPECT_EQ(smart_name("a.b/client.v2.h"), "a.b/client.v2.smart.h");
  EXPECT_EQ(smart_name("a.b/vector"), "a.b/vector.smart");
}

TEST(plan, mirrors_include_names_below_the_output_directory) {
  const std::vector<unit> units = {header("/src/shop/client.hpp", "shop/client.hpp")};
  const run_plan plan = plan_outputs(into_directory(), units, "/here");
  EXPECT_TRUE(plan.faults.empty());
  ASSERT_EQ(plan.outputs.size(), 1u);
  EXPECT_EQ(plan.outputs[0].path, "/here/out/shop/client.smart.hpp");
  EXPECT_EQ(plan.outputs[0].shown, "out/shop/client.smart.hpp");
}

TEST(plan, takes_the_file_that_the_user_named) {
  options given;
  given.output = "../x.hpp";
  const std::vector<unit> units = {header("/src/client.hpp", "client.hpp")};
  const run_plan plan = plan_outputs(given, units, "/here/dir");
  ASSERT_EQ(plan.outputs.size(), 1u);
  EXPECT_EQ(plan.outputs[0].path, "/here/x.hpp");
  EXPECT_EQ(plan.outputs[0].shown, "../x.hpp");
}

TEST(plan, refuses_one_output_for_two_headers) {
  const std::vector<unit> units = {header("/one/client.hpp", "client.hpp"),
                                   header("/two/client.hpp", "client.hpp")};
  const run_plan plan = plan_outputs(into_directory(), units, "/here");
  ASSERT_EQ(plan.faults.size(), 1u);
  EXPECT_EQ(plan.faults[0].id, diagnostic_id::output_clash);
}

TEST(plan, refuses_to_write_in_the_place_of_a_header) {
  options given;
  given.output = "client.hpp";
  const std::vector<unit> units = {header("/here/client.hpp", "client.hpp")};
  EXPECT_EQ(plan_outputs(given, units, "/here").faults.size(), 1u);
}

TEST(plan, refuses_records_in_the_place_of_outputs_headers_and_each_other) {
  const std::vector<unit> units = {header("/here/client.hpp", "client.hpp")};
  options given = into_directory();
  given.stamp = "out/client.smart.hpp";
  given.depfile = "./client.hpp";
  EXPECT_EQ(plan_outputs(given, units, "/here").faults.size(), 2u);
  given.stamp = "run.d";
  given.depfile = "run.d";
  EXPECT_EQ(plan_outputs(given, units, "/here").faults.size(), 1u);
}

}  // namespace smartasync::gen
