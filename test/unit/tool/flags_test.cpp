// SPDX-License-Identifier: MIT
#include "cli/flags.hpp"

#include <gtest/gtest.h>

#include "temporary_directory.hpp"

namespace smartasync::gen {
namespace {

using strings = std::vector<std::string>;

}  // namespace

TEST(flags, are_one_a_line_with_their_spaces) {
  EXPECT_EQ(lines_of_flags("-I/my includes\n\n-DTEXT=\"a b\"\r\n-std=c++20"),
            (strings{"-I/my includes", "-DTEXT=\"a b\"", "-std=c++20"}));
  EXPECT_TRUE(lines_of_flags("").empty());
}

TEST(flags, get_absolute_paths) {
  EXPECT_EQ(absolute_flags({"-Iinclude", "-I", "../x", "-isystem", "sys", "-isystemsys",
                            "--sysroot=root", "--gcc-toolchain=gcc", "-iquote."},
                           "/here/dir"),
            (strings{"-I/here/dir/include", "-I", "/here/x", "-isystem", "/here/dir/sys",
                     "-isystem/here/dir/sys", "--sysroot=/here/dir/root",
                     "--gcc-toolchain=/here/dir/gcc", "-iquote/here/dir/"}));
}

TEST(flags, keep_what_is_no_path_or_absolute_already) {
  const strings flags = {"-I/include", "-I=sysroot", "-D",     "-Iinclude", "-Wall",
                         "-std=c++20", "-o",         "-Ifile", "-DI=-Ix",   "-finline-functions"};
  EXPECT_EQ(absolute_flags(flags, "/here"), flags);
}

TEST(flags, get_absolute_names_of_included_files_that_are_there) {
  const temporary_directory root;
  root.put("config.h", "");
  EXPECT_EQ(absolute_flags({"-include", "config.h", "-include", "vector"}, root.path()),
            (strings{"-include", root / "config.h", "-include", "vector"}));
}

}  // namespace smartasync::gen
