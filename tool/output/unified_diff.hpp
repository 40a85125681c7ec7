// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace smartasync::gen {

/// diff_side is one of two texts and its name in the diff.
struct diff_side {
  std::string_view name;
  std::string_view text;
};

/// unified_diff() is what `diff -u` prints, three lines around each difference; `patch` reads it.
/// Empty for equal texts.
std::string unified_diff(const diff_side& before, const diff_side& after);

}  // namespace smartasync::gen
