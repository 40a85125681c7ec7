// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include <gtest/gtest.h>

#include "temporary_directory.hpp"

namespace smartasync::gen {
namespace {

using strings = std::vector<std::string>;

options well(const strings& arguments) {
  const parsed_options parsed = parse_options(arguments);
  for (const diagnostic& fault : parsed.faults) {
    ADD_FAILURE() << fault.message;
  }
  return parsed.value;
}

// The one fault, with its remedy.
std::string fault(const strings& arguments) {
  const parsed_options parsed = parse_options(arguments);
  if (parsed.faults.size() != 1 || parsed.faults[0].notes.size() != 1) {
    return std::to_string(parsed.faults.size()) + " faults";
  }
  return parsed.faults[0].message + "; " + parsed.faults[0].notes[0].message;
}

}  // namespace

TEST(options, parts_headers_from_compiler_flags) {
  const options given = well({"a.hpp", "-o", "a.smart.hpp", "--", "-Iinclude", "--check"});
  EXPECT_EQ(given.headers, strings{"a.hpp"});
  EXPECT_EQ(given.output, "a.smart.hpp");
  EXPECT_EQ(given.flags, (strings{"-Iinclude", "--check"}));
  EXPECT_FALSE(given.check);
}

TEST(options, takes_values_joined_or_as_the_next_argument) {
  EXPECT_EQ(well({"a.hpp", "--output-dir", "out"}).output_dir, "out");
  EXPECT_EQ(well({"a.hpp", "--output-dir=out"}).output_dir, "out");
  EXPECT_EQ(well({"a.hpp", "-oout", "-pbuild"}).output, "out");
  EXPECT_EQ(well({"a.hpp", "-oout", "-p=build"}).build_dir, "build");
}

TEST(options, collects_what_may_be_repeated) {
  EXPECT_EQ(well({"a.hpp", "-oa", "--namespace-map=a=b", "--namespace-map", "c=d"}).namespace_map,
            (strings{"a=b", "c=d"}));
}

TEST(options, knows_short_names_of_flags) {
  const options given = well({"-v", "-n", "a.hpp", "-oa"});
  EXPECT_TRUE(given.verbose);
  EXPECT_TRUE(given.dry_run);
}

TEST(options, suggests_the_nearest_name_for_an_unknown_one) {
  EXPECT_EQ(fault({"a.hpp", "-oa", "--chekc"}),
            "there is no option '--chekc'; did you mean '--check'?");
  EXPECT_EQ(fault({"a.hpp", "-oa", "-Iinclude"}),
            "there is no option '-Iinclude'; compiler flags follow '--'; smartasync-gen --help "
            "lists the options");
}

TEST(options, refuses_the_options_that_llvm_registers_for_itself) {
  EXPECT_EQ(parse_options({"a.hpp", "-oa", "--debug-pass=Structure"}).faults.size(), 1u);
  EXPECT_EQ(parse_options({"a.hpp", "-oa", "-help-hidden"}).faults.size(), 1u);
}

TEST(options, refuses_values_that_are_missing_empty_unwanted_or_given_twice) {
  EXPECT_EQ(fault({"a.hpp", "-o"}), "'-o' needs a value; smartasync-gen --help lists the options");
  EXPECT_EQ(fault({"a.hpp", "-o", "--", "-I."}),
            "'-o' needs a value; smartasync-gen --help lists the options");
  EXPECT_EQ(fault({"a.hpp", "--output-dir="}),
            "the value of '--output-dir' is empty; smartasync-gen --help lists the options");
  EXPECT_EQ(fault({"a.hpp", "-oa", "--check=yes"}),
            "'--check' takes no value; smartasync-gen --help lists the options");
  EXPECT_EQ(fault({"a.hpp", "-oa", "-ob"}),
            "'-o' is given twice, as 'a' and as 'b'; smartasync-gen --help lists the options");
}

TEST(options, refuses_what_excludes_each_other) {
  for (const strings& arguments :
       std::vector<strings>{{},
                            {"a.hpp"},
                            {"a.hpp", "-oa", "--output-dir=b"},
                            {"a.hpp", "b.hpp", "-oa"},
                            {"a.hpp", "-oa", "--check", "--force-write"},
                            {"a.hpp", "-oa", "--check", "--dry-run"},
                            {"a.hpp", "-oa", "--check", "--stamp=s"},
                            {"a.hpp", "-oa", "--check", "--depfile=d"},
                            {"a.hpp", "-oa", "--depfile-target=t"},
                            {"a.hpp", "-oa", "--check", "--keep-orphans"},
                            {"a.hpp", "--output-dir=b", "--keep-orphans"},
                            {"a.hpp", "-oa", "-q", "-v"},
                            {"a.hpp", "-oa", "--diagnostics-format=xml"}}) {
    EXPECT_FALSE(parse_options(arguments).faults.empty()) << testing::PrintToString(arguments);
  }
}

TEST(options, need_nothing_else_beside_help_and_version) {
  EXPECT_TRUE(well({"--help"}).help);
  EXPECT_TRUE(well({"--version", "a.hpp"}).version);
}

TEST(options, come_from_response_files) {
  const temporary_directory root;
  root.put("args", "a.hpp '-o' \"my file\"\n--check\n");
  const options given = well(expand_response_files({"@" + (root / "args")}));
  EXPECT_EQ(given.headers, strings{"a.hpp"});
  EXPECT_EQ(given.output, "my file");
  EXPECT_TRUE(given.check);
}

TEST(options, tell_of_a_response_file_that_is_not_there) {
  EXPECT_EQ(fault(expand_response_files({"a.hpp", "-oa", "@nowhere"})),
            "there is no response file 'nowhere'; write './@nowhere' for a header of that name");
}

}  // namespace smartasync::gen
