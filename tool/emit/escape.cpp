// SPDX-License-Identifier: MIT
#include "emit/escape.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace smartasync::gen {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// A line that would go on in the next one; `?\?/` is a backslash to some compilers.
bool continues(std::string_view line) { return line.ends_with('\\') || line.ends_with("?\?/"); }

/// A line of documentation: a tab may stand in it, and it ends in its line.
std::string comment_line(std::string_view text) {
  std::string safe(trimmed(text));
  std::replace_if(safe.begin(), safe.end(), [](char c) { return c != '\t' && is_control(c); }, ' ');
  if (continues(safe)) safe += " .";
  return safe;
}

/// The state between two lines: whether a block comment is open.
bool is_comment(std::string_view line, bool& in_block) {
  for (;;) {
    if (in_block) {
      const auto end = line.find("*/");
      if (end == std::string_view::npos) return true;
      in_block = false;
      line = trimmed(line.substr(end + 2));
    }
    if (line.empty() || line.starts_with("//")) return true;
    if (!line.starts_with("/*")) return false;
    in_block = true;
    line.remove_prefix(2);
  }
}

}  // namespace

std::string string_literal(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    // Two question marks in a row could begin a trigraph.
    if (c == '"' || c == '\\' || (c == '?' && literal.ends_with('?'))) {
      literal += '\\';
      literal += c;
    } else if (c == '\n') {
      literal += "\\n";
    } else if (c == '\t') {
      literal += "\\t";
    } else if (is_control(c)) {
      literal += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    } else {
      literal += c;
    }
  }
  return literal + '"';
}

std::string comment_text(std::string_view text) {
  std::string safe(text);
  std::replace_if(safe.begin(), safe.end(), is_control, ' ');
  for (auto at = safe.find("*/"); at != std::string::npos; at = safe.find("*/", at)) {
    safe.insert(at + 1, 1, ' ');
  }
  while (safe.ends_with(' ')) safe.pop_back();
  if (continues(safe)) safe += " .";
  return safe;
}

std::string documentation_lines(indent at, std::string_view comment) {
  std::string text;
  bool in_block = false;
  while (!comment.empty()) {
    const auto end = std::min(comment.find('\n'), comment.size());
    const std::string line = comment_line(comment.substr(0, end));
    comment.remove_prefix(std::min(end + 1, comment.size()));
    const bool continues = in_block;
    if (!is_comment(line, in_block)) return {};
    if (line.empty()) {
      text += '\n';
    } else {
      // The stars of a block comment stand under its first one.
      const indent star = continues && line.starts_with('*') ? 1 : 0;
      text += fmt::format("{:{}}{}\n", "", at + star, line);
    }
  }
  return in_block ? std::string() : text;
}

}  // namespace smartasync::gen
