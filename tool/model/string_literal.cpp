// SPDX-License-Identifier: MIT
#include "model/string_literal.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <fmt/format.h>

namespace smartasync::gen {
namespace {

constexpr std::size_t longest_raw_delimiter = 16;  // [lex.string]

int digit_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return 99;
}

/// Reads at most `most` digits and tells how many there were; the value stops growing at a size
/// that no character has.
int read_digits(source_cursor& at, int base, int most, std::uint32_t& value) {
  constexpr std::uint32_t too_large = 0x200000;
  int count = 0;
  for (value = 0; count < most && digit_value(at.peek()) < base; ++count, at.advance()) {
    value = std::min(value * static_cast<std::uint32_t>(base) +
                         static_cast<std::uint32_t>(digit_value(at.peek())),
                     too_large);
  }
  return count;
}

void append_utf8(std::string& value, std::uint32_t point) {
  const auto byte = [&](std::uint32_t bits) { value.push_back(static_cast<char>(bits)); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | point >> 6);
    byte(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    byte(0xE0 | point >> 12);
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  } else {
    byte(0xF0 | point >> 18);
    byte(0x80 | (point >> 12 & 0x3F));
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  }
}

void read_numeric_escape(source_cursor& at, std::string& value, std::size_t start,
                         std::vector<token_fault>& faults) {
  constexpr int any_number = 1'000'000;
  std::uint32_t number = 0;
  bool valid = false;
  bool is_point = false;
  if (at.take('x')) {
    valid = read_digits(at, 16, any_number, number) > 0 && number <= 0xFF;
  } else if (at.take('u')) {
    valid = read_digits(at, 16, 4, number) == 4;
    is_point = true;
  } else if (at.take('U')) {
    valid = read_digits(at, 16, 8, number) == 8;
    is_point = true;
  } else {
    valid = read_digits(at, 8, 3, number) > 0 && number <= 0xFF;
  }
  if (is_point && (number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF))) valid = false;
  if (!valid) {
    faults.push_back({start, "this escape is no character"});
  } else if (is_point) {
    append_utf8(value, number);
  } else {
    value.push_back(static_cast<char>(number));
  }
}

void read_escape(source_cursor& at, std::string& value, std::vector<token_fault>& faults) {
  struct escape {
    char letter;
    char meaning;
  };
  constexpr std::array<escape, 11> simple{{{'\'', '\''},
                                           {'"', '"'},
                                           {'?', '?'},
                                           {'\\', '\\'},
                                           {'a', '\a'},
                                           {'b', '\b'},
                                           {'f', '\f'},
                                           {'n', '\n'},
                                           {'r', '\r'},
                                           {'t', '\t'},
                                           {'v', '\v'}}};
  const std::size_t start = at.offset();
  at.advance();
  const char letter = at.peek();
  const auto* found = std::find_if(simple.begin(), simple.end(),
                                   [&](const escape& known) { return known.letter == letter; });
  if (found != simple.end()) {
    value.push_back(found->meaning);
    at.advance();
  } else if (letter == 'x' || letter == 'u' || letter == 'U' || (letter >= '0' && letter <= '7')) {
    read_numeric_escape(at, value, start, faults);
  } else {
    faults.push_back({start, "there is no such escape"});
  }
}

std::string read_ordinary(source_cursor& at, std::vector<token_fault>& faults) {
  const std::size_t start = at.offset();
  std::string value;
  at.advance();
  while (!at.take('"')) {
    if (at.at_end() || at.peek() == '\n') {
      faults.push_back({start, "this string has no end"});
      return value;
    }
    if (at.peek() == '\\') {
      read_escape(at, value, faults);
    } else {
      value.push_back(at.peek());
      at.advance();
    }
  }
  return value;
}

std::string read_raw(source_cursor& at, std::vector<token_fault>& faults) {
  const std::size_t start = at.offset();
  const std::string_view rest = at.rest().substr(1);
  const auto open = rest.find_first_of("(\\) \t\n\r\"");
  if (open == std::string_view::npos || rest[open] != '(' || open > longest_raw_delimiter) {
    faults.push_back({start, "this raw string has no valid delimiter"});
    at.jump_to(start + 1 + rest.size());
    return {};
  }
  const std::string close = fmt::format("){}\"", rest.substr(0, open));
  const auto end = rest.find(close, open + 1);
  if (end == std::string_view::npos) {
    faults.push_back({start, "this raw string has no end"});
    at.jump_to(start + 1 + rest.size());
    return {};
  }
  at.jump_to(start + 1 + end + close.size());
  return std::string(rest.substr(open + 1, end - open - 1));
}

}  // namespace

bool is_string_prefix(std::string_view word) {
  constexpr std::array<std::string_view, 9> prefixes{"u8",  "u",  "U",  "L", "R",
                                                     "u8R", "uR", "UR", "LR"};
  return std::find(prefixes.begin(), prefixes.end(), word) != prefixes.end();
}

std::string read_string_literal(source_cursor& at, std::string_view prefix,
                                std::vector<token_fault>& faults) {
  const std::string_view encoding = prefix.substr(0, prefix.find('R'));
  if (!encoding.empty() && encoding != "u8") {
    faults.push_back(
        {at.offset() - prefix.size(),
         fmt::format("a string of the attribute is narrow: '{}' does not belong here", encoding)});
  }
  return prefix.ends_with('R') ? read_raw(at, faults) : read_ordinary(at, faults);
}

}  // namespace smartasync::gen
