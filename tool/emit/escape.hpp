// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "emit/layout.hpp"

namespace smartasync::gen {

/// string_literal() is an ordinary C++ literal, quotes included, that means `text` byte for byte.
/// UTF-8 stays readable; what is not printable becomes an octal escape.
std::string string_literal(std::string_view text);

/// comment_text() is `text` so that it cannot end a comment, nor go on behind its line.
std::string comment_text(std::string_view text);

/// documentation_lines() repeats a comment of the author's at another depth. `comment` is one or
/// several whole comments as they stand in the source; anything else is left out.
std::string documentation_lines(indent at, std::string_view comment);

}  // namespace smartasync::gen
