// SPDX-License-Identifier: MIT
#include "cli/query_driver.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace smartasync::gen {
namespace {

using strings = std::vector<std::string>;

constexpr std::string_view printed =
    "Using built-in specs.\n"
    "Target: aarch64-linux-gnu\n"
    "#include \"...\" search starts here:\n"
    " /quoted\n"
    "#include <...> search starts here:\n"
    " /usr/lib/gcc/12/../../../include/c++/12\n"
    " /usr/lib/gcc/12/include\n"
    " /usr/include\n"
    "End of search list.\n"
    " /later\n";

}  // namespace

TEST(query_driver, finds_the_target_and_the_system_directories) {
  const driver_answer answer = parse_driver_output(printed, "/usr/lib/gcc/12/include");
  EXPECT_EQ(answer.fault, "");
  EXPECT_EQ(answer.flags, (strings{"--target=aarch64-linux-gnu", "-nostdlibinc", "-isystem",
                                   "/usr/include/c++/12", "-isystem", "/usr/include"}));
}

TEST(query_driver, tells_when_there_was_no_list) {
  EXPECT_NE(parse_driver_output("Target: x\n", "").fault, "");
  EXPECT_NE(parse_driver_output("#include <...> search starts here:\n /usr/include\n", "").fault,
            "");
}

TEST(query_driver, asks_a_real_compiler) {
  const driver_answer answer = query_driver("c++", {"-std=c++20", "-Wno-such-warning", "-I/none"});
  ASSERT_EQ(answer.fault, "");
  EXPECT_TRUE(std::any_of(answer.flags.begin(), answer.flags.end(),
                          [](const std::string& each) { return each.ends_with("/include"); }));
}

TEST(query_driver, tells_when_there_is_no_such_compiler) {
  EXPECT_EQ(query_driver("no-such-compiler", {}).fault, "there is no such program");
  EXPECT_NE(query_driver("false", {}).fault, "");
}

}  // namespace smartasync::gen
