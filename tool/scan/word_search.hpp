// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scan/header_lookup.hpp"
#include "scan/probe.hpp"

namespace smartasync::gen {

/// files_without_word() is the header and all that it includes outside of system directories, when
/// the word `smartasync` is in none of them and each was found; such a header need not be parsed.
/// Conditions are not evaluated: every include directive counts.
std::optional<std::vector<std::string>> files_without_word(
    const found_header& header, const std::vector<include_directory>& directories);

/// say_nothing() tells whether the flags cannot bring the word in (-include, -D, -imacros).
bool say_nothing(const std::vector<std::string>& flags);

}  // namespace smartasync::gen
