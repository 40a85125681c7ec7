// SPDX-License-Identifier: MIT
#pragma once

#include <string>

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

}  // namespace smartasync::gen
