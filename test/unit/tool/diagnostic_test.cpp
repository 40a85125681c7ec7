// SPDX-License-Identifier: MIT
#include "model/diagnostic.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace smartasync::gen {
namespace {

const std::vector<diagnostic_id> all{
#define SMARTASYNC_DIAGNOSTIC(id, name, level, summary) diagnostic_id::id,
#include "model/diagnostics.def"
#undef SMARTASYNC_DIAGNOSTIC
};

const std::vector<std::string> ids{
#define SMARTASYNC_DIAGNOSTIC(id, name, level, summary) #id,
#include "model/diagnostics.def"
#undef SMARTASYNC_DIAGNOSTIC
};

TEST(diagnostic, has_the_name_of_its_id_in_kebab_case) {
  ASSERT_GT(all.size(), 40U);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string kebab = ids[i];
    std::replace(kebab.begin(), kebab.end(), '_', '-');
    EXPECT_EQ(diagnostic_name(all[i]), kebab);
  }
}

TEST(diagnostic, has_a_name_of_its_own) {
  std::set<std::string_view> names;
  for (const diagnostic_id id : all) EXPECT_TRUE(names.insert(diagnostic_name(id)).second);
}

TEST(diagnostic, is_explained_by_a_sentence) {
  for (const diagnostic_id id : all) {
    EXPECT_TRUE(diagnostic_summary(id).ends_with('.')) << diagnostic_name(id);
  }
}

TEST(diagnostic, has_the_level_of_the_list) {
  EXPECT_EQ(diagnostic_severity(diagnostic_id::annotation_syntax), severity::error);
  EXPECT_EQ(diagnostic_severity(diagnostic_id::no_facade), severity::note);
}

}  // namespace
}  // namespace smartasync::gen
