// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdio>
#include <cstdlib>

// What the programs of the corpus say they have seen.

namespace golden {

inline std::atomic<int> checks = 0;

inline void check(bool holds, const char* text, int line) {
  ++checks;
  if (holds) return;
  std::fprintf(stderr, "line %d: %s\n", line, text);
  std::exit(1);
}

/// A program that has checked less than it holds checks has not run to its end.
inline int ended_after(int expected) {
  if (checks == expected) return 0;
  std::fprintf(stderr, "%d checks were made, not %d\n", checks.load(), expected);
  return 1;
}

}  // namespace golden

#define CHECK(...) ::golden::check(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, __LINE__)
