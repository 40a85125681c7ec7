// SPDX-License-Identifier: MIT
#include "model/source_position.hpp"

#include <algorithm>

namespace smartasync::gen {

source_position position_in(const source_position& start, std::string_view text,
                            std::size_t offset) {
  if (start.line == 0) return start;
  offset = std::min(offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const auto line_end = before.rfind('\n');
  source_position place = start;
  if (line_end == std::string_view::npos) {
    place.column += static_cast<unsigned>(offset);
    return place;
  }
  place.line += static_cast<unsigned>(std::count(before.begin(), before.end(), '\n'));
  place.column = static_cast<unsigned>(offset - line_end);
  std::string_view line = text.substr(line_end + 1);
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  place.line_text = line;
  return place;
}

}  // namespace smartasync::gen
