// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/diagnostic.hpp"

namespace smartasync::gen {

/// diagnostic_text() is a finding as Clang prints its own: the place, the message with the stable
/// name in brackets, the source line with a caret, then the notes. A finding without a file is one
/// of the tool itself. With `colour` it holds the escape sequences of a terminal.
std::string diagnostic_text(const diagnostic& finding, bool colour);

/// diagnostic_github() is a finding as a workflow command of GitHub Actions, which shows it beside
/// the line in a review: one line, with the notes in its text.
std::string diagnostic_github(const diagnostic& finding);

}  // namespace smartasync::gen
