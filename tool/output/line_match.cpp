// SPDX-License-Identifier: MIT
#include "output/line_match.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace smartasync::gen {
namespace {

using index = std::ptrdiff_t;

class matcher {
 public:
  matcher(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after)
      : before_(before), after_(after) {
    const std::size_t diagonals = 2 * (before.size() + after.size()) + 3;
    forward_.resize(diagonals);
    backward_.resize(diagonals);
    found_.removed.resize(before.size());
    found_.added.resize(after.size());
    compare(0, static_cast<index>(before.size()), 0, static_cast<index>(after.size()));
  }

  line_match take() { return std::move(found_); }

 private:
  bool same(index a, index b) const {
    return before_[static_cast<std::size_t>(a)] == after_[static_cast<std::size_t>(b)];
  }

  void compare(index a, index a_end, index b, index b_end) {
    while (a < a_end && b < b_end && same(a, b)) {
      ++a, ++b;
    }
    while (a < a_end && b < b_end && same(a_end - 1, b_end - 1)) {
      --a_end, --b_end;
    }
    if (a == a_end || b == b_end) {
      std::fill(found_.removed.begin() + a, found_.removed.begin() + a_end, true);
      std::fill(found_.added.begin() + b, found_.added.begin() + b_end, true);
      return;
    }
    // Both ranges differ at both ends, so that each half holds a difference and the recursion ends.
    const auto [a_middle, b_middle] = middle(a, a_end, b, b_end);
    compare(a, a_middle, b, b_middle);
    compare(a_middle, a_end, b_middle, b_end);
  }

  // The point where the furthest paths from both ends meet; each has about half the differences.
  std::pair<index, index> middle(index a, index a_end, index b, index b_end) {
    const index width = a_end - a;
    const index height = b_end - b;
    const index delta = width - height;
    const index zero = static_cast<index>(forward_.size() / 2);  // where diagonal 0 is kept
    const auto at = [zero](std::vector<index>& furthest, index diagonal) -> index& {
      return furthest[static_cast<std::size_t>(zero + diagonal)];
    };
    at(forward_, 1) = 0;
    at(backward_, 1) = 0;
    for (index depth = 0;; ++depth) {
      for (index k = -depth; k <= depth; k += 2) {
        index x = next(forward_, k, depth, zero);
        index y = x - k;
        while (x < width && y < height && same(a + x, b + y)) {
          ++x, ++y;
        }
        at(forward_, k) = x;
        const index other = delta - k;
        if (delta % 2 != 0 && -depth < other && other < depth &&
            x + at(backward_, other) >= width) {
          return {a + x, b + y};
        }
      }
      for (index k = -depth; k <= depth; k += 2) {
        index x = next(backward_, k, depth, zero);
        index y = x - k;
        while (x < width && y < height && same(a_end - 1 - x, b_end - 1 - y)) {
          ++x, ++y;
        }
        at(backward_, k) = x;
        const index other = delta - k;
        if (delta % 2 == 0 && -depth <= other && other <= depth &&
            x + at(forward_, other) >= width) {
          return {a_end - x, b_end - y};
        }
      }
    }
  }

  static index next(const std::vector<index>& furthest, index k, index depth, index zero) {
    const index lower = furthest[static_cast<std::size_t>(zero + k - 1)];
    const index upper = furthest[static_cast<std::size_t>(zero + k + 1)];
    return k == -depth || (k != depth && lower < upper) ? upper : lower + 1;
  }

  const std::vector<std::string_view>& before_;
  const std::vector<std::string_view>& after_;
  std::vector<index> forward_;
  std::vector<index> backward_;
  line_match found_;
};

}  // namespace

line_match match_lines(const std::vector<std::string_view>& before,
                       const std::vector<std::string_view>& after) {
  return matcher(before, after).take();
}

}  // namespace smartasync::gen
