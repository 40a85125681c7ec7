// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smartasync::gen {

// The layout of generated text: two spaces a level, four for what continues a line, 100 columns.
// What does not fit on one line is broken between its parts, in the one way that each function here
// describes; a part that is longer than a line stays whole.

/// indent counts columns from the left margin.
using indent = std::size_t;

/// signature is a function's head in its parts; empty ones leave no space behind.
struct signature {
  std::string attributes;  ///< `[[nodiscard]]`
  std::string specifiers;  ///< `inline`
  std::string result;
  std::string name;
  std::vector<std::string> parameters;
  std::string suffix;  ///< `const noexcept`
};

/// width() is the number of columns that UTF-8 text takes.
std::size_t width(std::string_view text);

/// joined_words() puts a space between those that are not empty.
std::string joined_words(const std::vector<std::string_view>& words);

/// line() is the text as it is, on a line of its own.
std::string line(indent at, std::string_view text);

/// signature_lines() is the head up to its brace. Too long, it is broken before the name; where
/// that is not enough, after the opening parenthesis instead, and then after each parameter.
std::string signature_lines(indent at, const signature& head);

/// call_lines() is `head(a, b)tail`. Too long, it is broken after the opening parenthesis, then
/// after each argument.
std::string call_lines(indent at, std::string_view head, const std::vector<std::string>& arguments,
                       std::string_view tail);

/// braced_lines() is `head {a, b};`, broken as call_lines() is.
std::string braced_lines(indent at, std::string_view head, const std::vector<std::string>& items);

/// template_lines() is `head<a, b>tail`. Too long, it is broken after each argument, aligned to the
/// first.
std::string template_lines(indent at, std::string_view head,
                           const std::vector<std::string>& arguments, std::string_view tail);

/// comment_lines() is `text` behind `//`, filled to the width of a line.
std::string comment_lines(indent at, std::string_view text);

}  // namespace smartasync::gen
