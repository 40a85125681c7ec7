// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace smartasync::gen {

/// is_identifier_start() and is_identifier_part() know ASCII alone: the names that the tool makes
/// up or takes from an argument are plain.
bool is_identifier_start(char c);
bool is_identifier_part(char c);

/// is_keyword() knows the words of C++23 that no function can have for a name, the alternative
/// spellings of operators (`and`, `xor_eq`) included.
bool is_keyword(std::string_view word);

/// is_identifier() tells whether `word` can be the name of something: plain letters, digits and
/// underscores, and no keyword.
bool is_identifier(std::string_view word);

}  // namespace smartasync::gen
