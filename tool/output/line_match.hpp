// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

namespace smartasync::gen {

/// line_match says which lines of two texts have no partner in the other: with those of `before`
/// taken out and those of `after` put in, the one becomes the other, and their number is least.
struct line_match {
  std::vector<bool> removed;  ///< one for each line of `before`
  std::vector<bool> added;    ///< one for each line of `after`
};

/// match_lines() compares by Myers' algorithm in its linear-space form: time grows with the number
/// of lines times the number of differences.
line_match match_lines(const std::vector<std::string_view>& before,
                       const std::vector<std::string_view>& after);

}  // namespace smartasync::gen
