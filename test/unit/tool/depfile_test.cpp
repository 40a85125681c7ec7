// SPDX-License-Identifier: MIT
#include "output/depfile.hpp"

#include <gtest/gtest.h>

namespace smartasync::gen {

TEST(depfile, lists_each_dependency_once_and_sorted) {
  EXPECT_EQ(depfile_text({"out.stamp"}, {"/b.hpp", "/a.hpp", "/b.hpp"}),
            "out.stamp: \\\n  /a.hpp \\\n  /b.hpp\n");
}

TEST(depfile, takes_several_targets) {
  EXPECT_EQ(depfile_text({"a.smart.hpp", "b.smart.hpp"}, {"/a.hpp"}),
            "a.smart.hpp b.smart.hpp: \\\n  /a.hpp\n");
}

TEST(depfile, escapes_what_make_would_read_otherwise) {
  EXPECT_EQ(depfile_text({"my out"}, {"/a b#c$d.hpp"}), "my\\ out: \\\n  /a\\ b\\#c$$d.hpp\n");
}

TEST(depfile, doubles_backslashes_before_an_escaped_character_alone) {
  EXPECT_EQ(depfile_text({"x"}, {"/a\\b\\ c"}), "x: \\\n  /a\\b\\\\\\ c\n");
}

}  // namespace smartasync::gen
