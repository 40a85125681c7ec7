// SPDX-License-Identifier: MIT
#include "model/nearest_word.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace smartasync::gen {

std::size_t edit_distance(std::string_view from, std::string_view to) {
  // Three rows of the table: a swap of neighbours looks two rows back.
  std::vector<std::size_t> before_last(to.size() + 1);
  std::vector<std::size_t> last(to.size() + 1);
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
  }
  return row[to.size()];
}

std::optional<std::string_view> nearest_word(std::string_view written,
                                             std::span<const std::string_view> words) {
  std::optional<std::string_view> nearest;
  std::size_t least = 0;
  for (const std::string_view word : words) {
    const std::size_t distance = edit_distance(written, word);
    if (distance <= std::max(written.size(), word.size()) / 2 && (!nearest || distance < least)) {
      nearest = word;
      least = distance;
    }
  }
  return nearest;
}

}  // namespace smartasync::gen
