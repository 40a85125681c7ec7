// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/source_cursor.hpp"
#include "model/tokenizer.hpp"

namespace smartasync::gen {

/// is_string_prefix() tells whether a word right before a quote is part of the literal: `u8`, `R`.
bool is_string_prefix(std::string_view word);

/// read_string_literal() reads one literal whose `prefix` has been read and whose opening quote is
/// under the cursor, and returns its value in UTF-8. The cursor ends behind the literal.
std::string read_string_literal(source_cursor& at, std::string_view prefix,
                                std::vector<token_fault>& faults);

}  // namespace smartasync::gen
