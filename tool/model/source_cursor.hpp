// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace smartasync::gen {

/// source_cursor walks over source text as a C++ compiler sees it: a backslash before a line end is
/// not there. It knows at every step where in the text it stands.
class source_cursor {
 public:
  explicit source_cursor(std::string_view text) : text_(text) { skip_splices(); }

  bool at_end() const { return offset_ == text_.size(); }
  std::size_t offset() const { return offset_; }

  /// peek() is the character here, and NUL at the end.
  char peek() const { return at_end() ? '\0' : text_[offset_]; }

  /// peek_next() is the one after it.
  char peek_next() const {
    source_cursor next = *this;
    next.advance();
    return next.peek();
  }

  /// advance() goes one character on; at the end it stays.
  void advance() {
    if (at_end()) return;
    ++offset_;
    skip_splices();
  }

  /// take() advances if `expected` is here, and tells whether it was.
  bool take(char expected) {
    if (at_end() || text_[offset_] != expected) return false;
    advance();
    return true;
  }

  /// rest() is the text from here on, untouched; jump_to() continues at an offset into the whole.
  /// Raw strings, in which a backslash before a line end is text, are read by these two.
  std::string_view rest() const { return text_.substr(offset_); }
  void jump_to(std::size_t offset) {
    offset_ = offset;
    skip_splices();
  }

 private:
  void skip_splices() {
    for (;;) {
      const std::string_view here = text_.substr(offset_);
      if (here.starts_with("\\\n")) {
        offset_ += 2;
      } else if (here.starts_with("\\\r\n")) {
        offset_ += 3;
      } else {
        return;
      }
    }
  }

  std::string_view text_;
  std::size_t offset_ = 0;
};

}  // namespace smartasync::gen
