// SPDX-License-Identifier: MIT
#include "model/printable_text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace smartasync::gen {

bool is_printable_text(std::string_view text) {
  // Length of a sequence by its first byte; and the least code point that needs that length.
  constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first < 0x20 || first == 0x7F) return false;
    const std::size_t length = first < 0x80           ? 1
                               : (first >> 5) == 0x06 ? 2
                               : (first >> 4) == 0x0E ? 3
                               : (first >> 3) == 0x1E ? 4
                                                      : 0;
    if (length == 0 || i + length > text.size()) return false;
    std::uint32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      if ((byte & 0xC0) != 0x80) return false;
      point = point << 6 | (byte & 0x3FU);
    }
    if (length > 1 && point < least[length]) return false;
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return false;
    if (point >= 0x80 && point < 0xA0) return false;  // C1 controls
    if (point == 0x2028 || point == 0x2029 ||         // line ends to some readers
        (point >= 0x202A && point <= 0x202E) ||       // and what turns the
        (point >= 0x2066 && point <= 0x2069)) {       // direction of the text
      return false;
    }
    i += length;
  }
  return true;
}

}  // namespace smartasync::gen
