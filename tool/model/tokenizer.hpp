// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smartasync::gen {

/// token_kind is what the argument text of the attribute is made of.
enum class token_kind {
  word,    ///< an identifier or keyword
  string,  ///< one string literal, or several in a row
  number,  ///< a C++ number, or a character literal: nothing that any key takes
  equals,
  comma,
  open,   ///< ( [ {
  close,  ///< ) ] }
  other,  ///< any other character, or a run of non-ASCII ones
  end,    ///< behind the last one
};

/// token is one piece of the text. `text` is its spelling, and for a string what the literal means:
/// without quotes, escapes resolved. A `broken` one has a fault of its own.
struct token {
  token_kind kind = token_kind::end;
  std::size_t offset = 0;
  std::string text;
  bool broken = false;
};

/// token_fault is text that is no token, such as a string without its end.
struct token_fault {
  std::size_t offset = 0;
  std::string message;
};

/// token_list ends with an `end` token. A string with a fault is still a token, so that what
/// follows it can be read.
struct token_list {
  std::vector<token> tokens;
  std::vector<token_fault> faults;
};

/// tokenize() reads the text as C++ does: comments and line continuations go, adjacent strings are
/// one, raw strings and the escapes of ordinary ones are understood. Its faults are in order.
token_list tokenize(std::string_view text);

}  // namespace smartasync::gen
