// SPDX-License-Identifier: MIT
#include "cli/compile_commands.hpp"

#include <gtest/gtest.h>

#include "temporary_directory.hpp"

namespace smartasync::gen {
namespace {

using strings = std::vector<std::string>;

compile_commands read(const std::string& text) {
  return read_compile_commands(text, "/build/compile_commands.json");
}

compile_command command_for(const std::string& file) { return {"/here", file, {}}; }

}  // namespace

TEST(compile_commands, come_as_arguments_or_as_one_command) {
  const compile_commands commands = read(R"([
    {"directory": "/here", "file": "a.cpp", "arguments": ["g++", "-I", "my dir", "a.cpp"]},
    {"directory": "sub", "file": "/here/b.cpp", "command": "g++ -D'X=1 2' \"-Ia b\" b.cpp"}])");
  ASSERT_EQ(commands.fault, "");
  ASSERT_EQ(commands.entries.size(), 2u);
  EXPECT_EQ(commands.entries[0].file, "/here/a.cpp");
  EXPECT_EQ(commands.entries[0].arguments, (strings{"-I", "my dir", "a.cpp"}));
  EXPECT_EQ(commands.entries[1].directory, "/build/sub");
  EXPECT_EQ(commands.entries[1].arguments, (strings{"-DX=1 2", "-Ia b", "b.cpp"}));
}

TEST(compile_commands, end_before_the_inputs_and_take_in_response_files) {
  const temporary_directory root;
  root.put("includes.rsp", "-Ione '-Itwo three'");
  const compile_commands commands = read(R"([{"directory": ")" + root.path() +
                                         R"(", "file": "a.cpp",
    "command": "g++ @includes.rsp -DX -- a.cpp"}])");
  ASSERT_EQ(commands.entries.size(), 1u);
  EXPECT_EQ(commands.entries[0].arguments, (strings{"-Ione", "-Itwo three", "-DX"}));
}

TEST(compile_commands, begin_behind_what_starts_the_compiler) {
  for (const std::string program :
       {"g++", "/usr/bin/aarch64-linux-gnu-g++-12", "ccache clang++-19", "distcc /opt/gcc/bin/c++",
        "env -u HOME LANG=C ccache g++", "nice -n 10 cc",
        "cmake -E __run_co_compile --launcher=ccache --tidy=clang-tidy --source=a.cpp -- c++",
        "some-compiler-of-our-own"}) {
    const compile_commands commands = read(
        R"([{"directory": "/here", "file": "a.cpp", "command": ")" + program + R"( -DX a.cpp"}])");
    ASSERT_EQ(commands.entries.size(), 1u);
    EXPECT_EQ(commands.entries[0].arguments, (strings{"-DX", "a.cpp"})) << program;
  }
}

TEST(compile_commands, take_in_response_files_that_name_others) {
  const temporary_directory root;
  root.put("outer.rsp", "-DOUTER @inner.rsp");
  root.put("inner.rsp", "-DINNER @inner.rsp @gone.rsp");
  const compile_commands commands = read(R"([{"directory": ")" + root.path() +
                                         R"(", "file": "a.cpp", "command": "g++ @outer.rsp"}])");
  ASSERT_EQ(commands.entries.size(), 1u);
  const strings& arguments = commands.entries[0].arguments;
  ASSERT_GE(arguments.size(), 3u);
  EXPECT_EQ(arguments[0], "-DOUTER");
  EXPECT_EQ(arguments[1], "-DINNER");
  EXPECT_EQ(arguments.back(), "@gone.rsp");
}

TEST(compile_commands, for_other_languages_are_left_out) {
  const compile_commands commands = read(R"([
    {"directory": "/here", "file": "a.c", "command": "gcc a.c"},
    {"directory": "/here", "file": "b.h", "command": "gcc -x c b.h"},
    {"directory": "/here", "file": "c.c", "command": "gcc -x c++ c.c"}])");
  ASSERT_EQ(commands.entries.size(), 1u);
  EXPECT_EQ(commands.entries[0].file, "/here/c.c");
}

TEST(compile_commands, that_cannot_be_read_are_told) {
  EXPECT_NE(read("[").fault, "");
  EXPECT_EQ(read("{}").fault, "it is not a list of commands");
  EXPECT_EQ(read("[]").fault, "it has no command for a C++ source");
  EXPECT_EQ(read(R"([{"file": "a.cpp", "command": "g++"}])").fault,
            "an entry has no directory, no file or no command");
  EXPECT_EQ(read(R"([{"directory": "/", "file": "a.cpp"}])").fault,
            "an entry has no directory, no file or no command");
}

TEST(nearest_command, is_that_of_the_header_then_of_its_source_then_of_a_neighbour) {
  std::vector<compile_command> entries = {
      command_for("/here/other/z.cpp"), command_for("/here/include/shop/cart.cpp"),
      command_for("/here/include/shop/pay.cpp"), command_for("/here/src/client.cpp")};
  EXPECT_EQ(nearest_command(entries, "/here/include/shop/client.hpp").file, "/here/src/client.cpp");
  EXPECT_EQ(nearest_command(entries, "/here/include/shop/row.hpp").file,
            "/here/include/shop/cart.cpp");
  EXPECT_EQ(nearest_command(entries, "elsewhere.hpp").file, "/here/other/z.cpp");
  entries.push_back(command_for("/here/include/shop/client.hpp"));
  EXPECT_EQ(nearest_command(entries, "/here/include/shop/client.hpp").file,
            "/here/include/shop/client.hpp");
}

}  // namespace smartasync::gen
