// SPDX-License-Identifier: MIT
#include "emit/layout.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace smartasync::gen {
namespace {

constexpr std::size_t columns = 100;
constexpr indent continuation = 4;

bool fits(indent at, std::string_view text) { return at + width(text) <= columns; }

/// `(a, b)tail` behind a line that ends with the opening parenthesis.
std::string broken_list(indent at, const std::vector<std::string>& items, std::string_view tail) {
  const std::string whole = fmt::format("{}{}", fmt::join(items, ", "), tail);
  if (fits(at, whole)) return line(at, whole);
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool last = i + 1 == items.size();
    text += line(at, fmt::format("{}{}", items[i], last ? tail : ","));
  }
  return text;
}

std::string enclosed_lines(indent at, std::string_view opening,
                           const std::vector<std::string>& items, std::string_view closing) {
  const std::string whole = fmt::format("{}{}{}", opening, fmt::join(items, ", "), closing);
  if (fits(at, whole) || items.empty()) return line(at, whole);
  return line(at, opening) + broken_list(at + continuation, items, closing);
}

}  // namespace

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80;
  }));
}

std::string joined_words(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) {
    if (word.empty()) continue;
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

std::string line(indent at, std::string_view text) {
  return fmt::format("{:{}}{}\n", "", at, text);
}

std::string signature_lines(indent at, const signature& head) {
  const std::string result = joined_words({head.specifiers, head.result});
  const std::string parameters = fmt::format("({})", fmt::join(head.parameters, ", "));
  const std::string end = head.suffix.empty() ? " {" : fmt::format(" {} {{", head.suffix);
  const std::string own = fmt::format("{}{}{}", head.name, parameters, end);

  const std::string whole = joined_words({head.attributes, result, own});
  if (fits(at, whole)) return line(at, whole);

  const bool own_fits = fits(at, own) || head.parameters.empty();
  const std::string broken =
      own_fits ? result : joined_words({result, fmt::format("{}(", head.name)});
  std::string text;
  if (const std::string first = joined_words({head.attributes, broken}); fits(at, first)) {
    text = line(at, first);
  } else {
    if (!head.attributes.empty()) text = line(at, head.attributes);
    text += line(at, broken);
  }
  if (own_fits) return text + line(at, own);
  return text + broken_list(at + continuation, head.parameters, fmt::format("){}", end));
}

std::string call_lines(indent at, std::string_view head, const std::vector<std::string>& arguments,
                       std::string_view tail) {
  return enclosed_lines(at, fmt::format("{}(", head), arguments, fmt::format("){}", tail));
}

std::string braced_lines(indent at, std::string_view head, const std::vector<std::string>& items) {
  return enclosed_lines(at, fmt::format("{} {{", head), items, "};");
}

std::string template_lines(indent at, std::string_view head,
                           const std::vector<std::string>& arguments, std::string_view tail) {
  const std::string whole = fmt::format("{}<{}>{}", head, fmt::join(arguments, ", "), tail);
  if (fits(at, whole) || arguments.empty()) return line(at, whole);
  const indent aligned = at + width(head) + 1;
  std::string text;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool last = i + 1 == arguments.size();
    const std::string item =
        fmt::format("{}{}", arguments[i], last ? fmt::format(">{}", tail) : std::string(","));
    text += i == 0 ? line(at, fmt::format("{}<{}", head, item)) : line(aligned, item);
  }
  return text;
}

std::string comment_lines(indent at, std::string_view text) {
  std::string filled;
  std::string current = "//";
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (current != "//" && !fits(at, fmt::format("{} {}", current, word))) {
      filled += line(at, current);
      current = "//";
    }
    current += fmt::format(" {}", word);
  }
  return filled + line(at, current);
}

}  // namespace smartasync::gen
