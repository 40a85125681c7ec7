// SPDX-License-Identifier: MIT
#include "model/name_pattern.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "model/identifier.hpp"
#include "model/printable_text.hpp"

namespace smartasync::gen {
namespace {

/// The braces that open first and close last, and the commas between them at their own depth.
struct braces {
  std::size_t open = std::string_view::npos;
  std::vector<std::size_t> commas;
  std::size_t close = std::string_view::npos;
};

braces find_braces(std::string_view pattern) {
  braces found;
  int depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && depth++ == 0) found.open = i;
    if (pattern[i] == ',' && depth == 1) found.commas.push_back(i);
    if (pattern[i] == '}' && depth > 0 && --depth == 0) {
      found.close = i;
      return found;
    }
  }
  return {};
}

bool fits(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern.front() != '*') {
    return !name.empty() && pattern.front() == name.front() &&
           fits(pattern.substr(1), name.substr(1));
  }
  for (;;) {
    if (fits(pattern.substr(1), name)) return true;
    if (name.empty() || name.front() == ':') return false;
    name.remove_prefix(1);
  }
}

}  // namespace

std::vector<std::string> expand_braces(std::string_view pattern) {
  const braces found = find_braces(pattern);
  if (found.close == std::string_view::npos) return {std::string(pattern)};
  std::vector<std::size_t> ends = found.commas;
  ends.push_back(found.close);
  std::vector<std::string> expanded;
  std::size_t begin = found.open + 1;
  for (const std::size_t end : ends) {
    const std::string one =
        fmt::format("{}{}{}", pattern.substr(0, found.open), pattern.substr(begin, end - begin),
                    pattern.substr(found.close + 1));
    for (std::string& each : expand_braces(one)) expanded.push_back(std::move(each));
    begin = end + 1;
  }
  return expanded;
}

bool is_name_pattern(std::string_view pattern) {
  const std::vector<std::string> names = expand_braces(pattern);
  return std::all_of(names.begin(), names.end(), [](const std::string& name) {
    std::string_view rest = name;
    if (rest.starts_with("::")) rest.remove_prefix(2);
    // An operator is named as it is written.
    if (const auto own = rest.rfind("operator"); own != std::string_view::npos) {
      rest = rest.substr(0, own + 8);
    }
    const bool is_plain = std::all_of(rest.begin(), rest.end(), [](char c) {
      return is_identifier_part(c) || c == '*' || c == ':' || (c & 0x80) != 0;
    });
    return is_plain && is_printable_text(name) && !rest.empty() && !rest.starts_with(':') &&
           !rest.ends_with(':') && rest.find(":::") == std::string_view::npos;
  });
}

bool is_glob(std::string_view pattern) { return pattern.find('*') != std::string_view::npos; }

bool matches_name(std::string_view pattern, std::string_view name) {
  if (pattern.starts_with("::")) pattern.remove_prefix(2);
  return fits(pattern, name);
}

}  // namespace smartasync::gen
