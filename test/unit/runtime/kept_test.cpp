// SPDX-License-Identifier: MIT
#include "smartasync/kept.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

namespace {

using smartasync::is_view_v;
using smartasync::kept;
using std::is_same_v;

enum class color { red };
struct point {
  int x, y;
};
struct nothing {};
struct animal {
  virtual ~animal() = default;
};
struct only_declared;
struct single {
  single(const single&) = delete;
};

TEST(is_view, is_true_of_what_points_at_what_it_does_not_own) {
  EXPECT_TRUE(is_view_v<std::string_view>);
  EXPECT_TRUE(is_view_v<std::span<int>>);
  EXPECT_TRUE(is_view_v<int*>);
  EXPECT_TRUE(is_view_v<std::reference_wrapper<int>>);
  EXPECT_TRUE(is_view_v<point>) << "of unknown content, and copied byte by byte";
}

TEST(is_view, looks_into_templates) {
  EXPECT_TRUE((is_view_v<std::pair<int, std::string_view>>));
  EXPECT_TRUE((is_view_v<std::tuple<std::string, const char*>>));
  EXPECT_TRUE(is_view_v<std::vector<std::string_view>>);
  EXPECT_TRUE((is_view_v<std::map<int, std::vector<int*>>>));
  EXPECT_TRUE((is_view_v<std::variant<int, std::span<int>>>));
  EXPECT_FALSE((is_view_v<std::pair<int, std::string>>));
  EXPECT_FALSE(is_view_v<std::optional<int>>);
  EXPECT_FALSE((is_view_v<std::array<int, 4>>));
  EXPECT_FALSE((is_view_v<std::map<std::string, std::vector<int>>>));
}

TEST(is_view, is_false_of_values_and_owners) {
  EXPECT_FALSE(is_view_v<int>);
  EXPECT_FALSE(is_view_v<color>);
  EXPECT_FALSE(is_view_v<nothing>);
  EXPECT_FALSE(is_view_v<std::string>);
  EXPECT_FALSE(is_view_v<std::unique_ptr<int>>);
  EXPECT_FALSE(is_view_v<std::shared_ptr<std::string_view>>) << "an owner, whatever it owns";
  EXPECT_FALSE(is_view_v<std::function<int(std::string_view)>>);
  EXPECT_FALSE(is_view_v<std::chrono::milliseconds>);
  EXPECT_FALSE(is_view_v<int (*)(int)>);
}

TEST(kept, follows_the_table_of_the_generator) {
  EXPECT_TRUE(
      (is_same_v<kept<std::string_view, int>, smartasync::viewed<std::string_view, std::string>>));
  EXPECT_TRUE((is_same_v<kept<const std::span<const int>&, int>,
                         smartasync::viewed<std::span<const int>, std::vector<int>>>));
  EXPECT_TRUE((is_same_v<kept<std::span<int>, int>, smartasync::in_place<std::span<int>>>));
  EXPECT_TRUE((is_same_v<kept<const char*, int>, smartasync::in_place<const char*>>));
  EXPECT_TRUE((is_same_v<kept<std::string, int>, smartasync::moved<std::string>>));
  EXPECT_TRUE((is_same_v<kept<std::string&&, int>, smartasync::moved<std::string>>));
  EXPECT_TRUE((is_same_v<kept<int (*)(int), int>, smartasync::moved<int (*)(int)>>));
  EXPECT_TRUE((is_same_v<kept<const std::string&, int>, smartasync::copied<std::string>>));
  EXPECT_TRUE((is_same_v<kept<const int (&)[3], int>, smartasync::copied<int[3]>>));
  EXPECT_TRUE((is_same_v<kept<const animal&, int>, smartasync::in_place<const animal&>>));
  EXPECT_TRUE(
      (is_same_v<kept<const only_declared&, int>, smartasync::in_place<const only_declared&>>));
  EXPECT_TRUE((is_same_v<kept<const single&, int>, smartasync::in_place<const single&>>));
  EXPECT_TRUE((is_same_v<kept<const std::vector<std::unique_ptr<int>>&, int>,
                         smartasync::in_place<const std::vector<std::unique_ptr<int>>&>>));
  EXPECT_TRUE((is_same_v<kept<std::string&, int>, smartasync::borrowed<std::string&>>));
  EXPECT_TRUE((is_same_v<kept<int*, int>, smartasync::borrowed<int*>>));
}

TEST(kept, borrows_what_the_result_may_point_into) {
  EXPECT_TRUE((is_same_v<kept<const std::string&, const std::string&>,
                         smartasync::in_place<const std::string&>>));
  EXPECT_TRUE((
      is_same_v<kept<std::string_view, std::string_view>, smartasync::in_place<std::string_view>>));
  EXPECT_TRUE((is_same_v<kept<std::string, std::string_view>, smartasync::moved<std::string>>));
}

TEST(kept, does_as_the_annotation_wishes) {
  EXPECT_TRUE((is_same_v<smartasync::kept_owned<const char*>, smartasync::owned_text>));
  EXPECT_TRUE((is_same_v<smartasync::kept_owned<int*>, smartasync::owned_target<int>>));
  EXPECT_TRUE((is_same_v<smartasync::kept_borrowed<const std::string&>,
                         smartasync::in_place<const std::string&>>));
}

}  // namespace
