// SPDX-License-Identifier: MIT
#include "output/diagnostic_text.hpp"

#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

diagnostic unknown_key(source_position where) {
  return {diagnostic_id::annotation_unknown_key,
          std::move(where),
          "there is no key 'exectuor'",
          {{{}, "did you mean 'executor'?"}}};
}

}  // namespace

TEST(diagnostic_text, has_the_form_of_clang) {
  EXPECT_EQ(
      diagnostic_text(
          unknown_key({"shop/client.hpp", 7, 16, "  [[smartasync(exectuor = \"db\")]]"}), false),
      "shop/client.hpp:7:16: error: there is no key 'exectuor' "
      "[smartasync-annotation-unknown-key]\n"
      "    7 |   [[smartasync(exectuor = \"db\")]]\n"
      "      |                ^\n"
      "shop/client.hpp:7:16: note: did you mean 'executor'?\n");
}

TEST(diagnostic_text, puts_the_caret_under_its_column_behind_tabs_and_wide_letters) {
  const std::string text =
      diagnostic_text(unknown_key({"a.hpp", 12345, 8, "\t/*\xc3\xa9*/x"}), false);
  EXPECT_NE(text.find("12345 | \t/*\xc3\xa9*/x\n      | \t     ^\n"), std::string::npos) << text;
}

TEST(diagnostic_text, keeps_the_caret_at_the_end_of_a_short_line) {
  const std::string text = diagnostic_text(unknown_key({"a.hpp", 1, 99, "int"}), false);
  EXPECT_NE(text.find("    1 | int\n      |    ^\n"), std::string::npos) << text;
}

TEST(diagnostic_text, leaves_out_what_is_not_known_of_the_place) {
  EXPECT_EQ(diagnostic_text({diagnostic_id::output_not_ours, {"a.hpp", 0, 0, {}}, "no", {}}, false),
            "a.hpp: error: no [smartasync-output-not-ours]\n");
  EXPECT_EQ(diagnostic_text({diagnostic_id::command_line, {}, "no", {}}, false),
            "smartasync-gen: error: no [smartasync-command-line]\n");
}

TEST(diagnostic_text, shows_the_source_of_a_note_at_another_place) {
  diagnostic finding = unknown_key({"a.hpp", 1, 1, "a"});
  finding.notes = {{{"b.hpp", 2, 1, "b"}, "first here"}};
  EXPECT_EQ(diagnostic_text(finding, false),
            "a.hpp:1:1: error: there is no key 'exectuor' [smartasync-annotation-unknown-key]\n"
            "    1 | a\n      | ^\n"
            "b.hpp:2:1: note: first here\n"
            "    2 | b\n      | ^\n");
}

TEST(diagnostic_text, has_escape_sequences_only_when_asked) {
  const diagnostic finding = unknown_key({"a.hpp", 1, 1, "a"});
  EXPECT_EQ(diagnostic_text(finding, false).find('\x1b'), std::string::npos);
  EXPECT_NE(diagnostic_text(finding, true).find("\x1b[0;1;31merror: "), std::string::npos);
}

TEST(diagnostic_github, is_one_workflow_command) {
  EXPECT_EQ(diagnostic_github(unknown_key({"a,b:c.hpp", 7, 16, "x"})),
            "::error file=a%2Cb%3Ac.hpp,line=7,col=16,title=smartasync-annotation-unknown-key::"
            "there is no key 'exectuor'%0Anote: did you mean 'executor'?\n");
}

TEST(diagnostic_github, escapes_percent_signs_and_keeps_colons_in_the_message) {
  EXPECT_EQ(diagnostic_github({diagnostic_id::no_facade, {}, "100%: a\r\nb", {}}),
            "::notice title=smartasync-no-facade::100%25: a%0D%0Ab\n");
}

}  // namespace smartasync::gen
