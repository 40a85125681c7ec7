// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace smartasync::gen {

/// source_position is a place in a header as a person sees it. Line and column count from 1; zero
/// means that the whole file is meant. `line_text` is the text of that line without its end, so
/// that a finding can be printed with a caret without reading the file again.
struct source_position {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string line_text;
};

/// position_in() is the place `offset` bytes into a text that stands at `start`. On later lines
/// than the first, `line_text` ends where the text ends.
source_position position_in(const source_position& start, std::string_view text,
                            std::size_t offset);

}  // namespace smartasync::gen
