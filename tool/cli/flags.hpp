// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace smartasync::gen {

/// lines_of_flags() is the content of a --flags-file: each line is one flag as it stands, with its
/// spaces; empty lines count for nothing.
std::vector<std::string> lines_of_flags(std::string_view text);

/// absolute_flags() makes the paths in compiler flags absolute, `directory` being what they are
/// relative to, because Clang does not stay in the directory where the tool was started.
std::vector<std::string> absolute_flags(const std::vector<std::string>& flags,
                                        const std::string& directory);

}  // namespace smartasync::gen
