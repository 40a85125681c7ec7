// SPDX-License-Identifier: MIT
#include "output/unified_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "output/line_match.hpp"

namespace smartasync::gen {
namespace {

constexpr std::size_t context = 3;

// One line of the diff before it is cut into hunks: ' ', '-' or '+', and the line with its end.
struct edit {
  char sign;
  std::string_view line;
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

std::vector<edit> edits_between(std::string_view before_text, std::string_view after_text) {
  const std::vector<std::string_view> before = lines_of(before_text);
  const std::vector<std::string_view> after = lines_of(after_text);
  const line_match match = match_lines(before, after);
  std::vector<edit> edits;
  std::size_t a = 0;
  std::size_t b = 0;
  while (a < before.size() || b < after.size()) {
    if (a < before.size() && match.removed[a]) {
      edits.push_back({'-', before[a++]});
    } else if (b < after.size() && match.added[b]) {
      edits.push_back({'+', after[b++]});
    } else {
      edits.push_back({' ', before[a]});
      ++a, ++b;
    }
  }
  return edits;
}

// An empty range is named by the line before it, as `diff -u` does.
std::string range(char sign, std::size_t lines_before, std::size_t count) {
  std::string text = sign + std::to_string(lines_before + (count == 0 ? 0 : 1));
  return count == 1 ? text : text + "," + std::to_string(count);
}

}  // namespace

std::string unified_diff(const diff_side& before, const diff_side& after) {
  if (before.text == after.text) {
    return {};
  }
  const std::vector<edit> edits = edits_between(before.text, after.text);
  const auto differs = [](const edit& each) { return each.sign != ' '; };
  std::string text = "--- " + std::string(before.name) + "\n+++ " + std::string(after.name) + "\n";
  std::size_t a = 0;  // lines of either side before `done`
  std::size_t b = 0;
  auto done = edits.begin();
  const auto pass = [&](auto to) {
    for (; done != to; ++done) {
      a += done->sign != '+';
      b += done->sign != '-';
    }
  };
  for (auto first = std::find_if(done, edits.end(), differs); first != edits.end();) {
    auto last = first;  // the last difference of this hunk
    auto next = std::find_if(last + 1, edits.end(), differs);
    while (next != edits.end() && static_cast<std::size_t>(next - last) <= 2 * context + 1) {
      last = next;
      next = std::find_if(last + 1, edits.end(), differs);
    }
    pass(first - std::min<std::ptrdiff_t>(context, first - done));
    const auto hunk = done;
    const std::size_t a_before = a;
    const std::size_t b_before = b;
    pass(last + 1 + std::min<std::ptrdiff_t>(context, edits.end() - last - 1));
    text += "@@ " + range('-', a_before, a - a_before) + " " + range('+', b_before, b - b_before) +
            " @@\n";
    for (auto each = hunk; each != done; ++each) {
      text += each->sign;
      text += each->line;
      if (!each->line.ends_with('\n')) {
        text += "\n\\ No newline at end of file\n";
      }
    }
    first = next;
  }
  return text;
}

}  // namespace smartasync::gen
