// SPDX-License-Identifier: MIT
#include "model/tokenizer.hpp"

#include <algorithm>
#include <utility>

#include "model/identifier.hpp"
#include "model/source_cursor.hpp"
#include "model/string_literal.hpp"

namespace smartasync::gen {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class reader {
 public:
  explicit reader(std::string_view text) : at_(text) {}

  token_list read() {
    while (skip_spaces_and_comments()) read_token();
    add(token_kind::end, at_.offset(), "");
    // A prefix is only judged when its quote has been seen.
    std::stable_sort(
        list_.faults.begin(), list_.faults.end(),
        [](const auto& left, const auto& right) { return left.offset < right.offset; });
    return std::move(list_);
  }

 private:
  void add(token_kind kind, std::size_t offset, std::string text) {
    list_.tokens.push_back({kind, offset, std::move(text), false});
  }

  /// Tells whether there is something behind them.
  bool skip_spaces_and_comments() {
    while (!at_.at_end()) {
      if (is_space(at_.peek())) {
        at_.advance();
      } else if (at_.peek() == '/' && at_.peek_next() == '/') {
        while (!at_.at_end() && at_.peek() != '\n') at_.advance();
      } else if (at_.peek() == '/' && at_.peek_next() == '*') {
        skip_block_comment();
      } else {
        return true;
      }
    }
    return false;
  }

  void skip_block_comment() {
    const std::size_t start = at_.offset();
    at_.advance();
    at_.advance();
    while (!at_.at_end()) {
      if (at_.peek() == '*' && at_.peek_next() == '/') {
        at_.advance();
        at_.advance();
        return;
      }
      at_.advance();
    }
    list_.faults.push_back({start, "this comment has no end"});
  }

  void read_token() {
    const char first = at_.peek();
    if (is_identifier_start(first)) {
      read_word();
    } else if (is_digit(first) || (first == '.' && is_digit(at_.peek_next()))) {
      read_number();
    } else if (first == '"') {
      read_string("", at_.offset());
    } else if (first == '\'') {
      read_character();
    } else {
      read_sign();
    }
  }

  void read_word() {
    const std::size_t start = at_.offset();
    std::string word;
    while (is_identifier_part(at_.peek())) {
      word.push_back(at_.peek());
      at_.advance();
    }
    if (at_.peek() == '"' && is_string_prefix(word)) {
      read_string(word, start);
    } else {
      add(token_kind::word, start, std::move(word));
    }
  }

  void read_string(std::string_view prefix, std::size_t start) {
    const std::size_t faults_before = list_.faults.size();
    std::string value = read_string_literal(at_, prefix, list_.faults);
    if (is_identifier_start(at_.peek())) {
      list_.faults.push_back({at_.offset(), "a string of the attribute takes no suffix"});
      while (is_identifier_part(at_.peek())) at_.advance();
    }
    if (!list_.tokens.empty() && list_.tokens.back().kind == token_kind::string) {
      list_.tokens.back().text += value;
    } else {
      add(token_kind::string, start, std::move(value));
    }
    if (list_.faults.size() != faults_before) list_.tokens.back().broken = true;
  }

  void read_number() {
    const std::size_t start = at_.offset();
    std::string number;
    // A preprocessing number: as far as it can reach, signs behind an exponent included.
    while (is_identifier_part(at_.peek()) || at_.peek() == '.' || at_.peek() == '\'' ||
           ((at_.peek() == '+' || at_.peek() == '-') && !number.empty() &&
            std::string_view("eEpP").find(number.back()) != std::string_view::npos)) {
      number.push_back(at_.peek());
      at_.advance();
    }
    add(token_kind::number, start, std::move(number));
  }

  void read_character() {
    const std::size_t start = at_.offset();
    std::string spelling(1, at_.peek());
    at_.advance();
    for (bool open = true; open;) {
      if (at_.at_end() || at_.peek() == '\n') {
        list_.faults.push_back({start, "this character has no end"});
        break;
      }
      if (at_.peek() == '\\') {
        spelling.push_back('\\');
        at_.advance();
        if (at_.at_end()) continue;
      } else {
        open = at_.peek() != '\'';
      }
      spelling.push_back(at_.peek());
      at_.advance();
    }
    add(token_kind::number, start, std::move(spelling));
  }

  void read_sign() {
    const std::size_t start = at_.offset();
    std::string sign(1, at_.peek());
    at_.advance();
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    while (!is_ascii(sign.front()) && !at_.at_end() && !is_ascii(at_.peek())) {
      sign.push_back(at_.peek());
      at_.advance();
    }
    token_kind kind = token_kind::other;
    if (sign == "=") kind = token_kind::equals;
    if (sign == ",") kind = token_kind::comma;
    if (sign == "(" || sign == "[" || sign == "{") kind = token_kind::open;
    if (sign == ")" || sign == "]" || sign == "}") kind = token_kind::close;
    add(kind, start, std::move(sign));
  }

  source_cursor at_;
  token_list list_;
};

}  // namespace

token_list tokenize(std::string_view text) { return reader(text).read(); }

}  // namespace smartasync::gen
