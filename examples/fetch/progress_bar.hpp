// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

/// progress_bar shows on stderr how far a job is: a bar that moves where stderr is a terminal,
/// nothing where it is not.
class progress_bar {
 public:
  explicit progress_bar(std::string unit);

  /// show() draws the bar, unless the last one is too young for an eye to tell.
  void show(std::size_t done, std::size_t known);

  /// clear() takes the bar away, so that a line can be printed in its place.
  void clear();

 private:
  std::string unit_;
  bool is_terminal_;
  bool is_shown_ = false;
  std::chrono::steady_clock::time_point next_;
};
