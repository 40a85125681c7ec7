// SPDX-License-Identifier: MIT
#pragma once

// What the scenarios of the allocation test are made of.

#include <chrono>

#include "smartasync/smartasync.hpp"

namespace reliability {

/// The executor of most scenarios: one thread, so that how many there are does not change.
inline smartasync::executor& one() {
  static smartasync::executor& found = [&]() -> smartasync::executor& {
    smartasync::configure_executor(
        "one", {.max_threads = 1, .idle_timeout = std::chrono::milliseconds::max()});
    return smartasync::find_executor("one");
  }();
  return found;
}

/// Longer than what a string keeps in itself.
inline constexpr const char* long_text =
    "a text that is too long for a string to keep it in itself";

/// Gives the value after so many turns of the loop.
inline smartasync::task<int> after_yields(int value, int yields = 1) {
  for (int i = 0; i != yields; ++i) co_await smartasync::yield();
  co_return value;
}

/// Awaits itself so often, sleeps there, and counts its levels.
inline smartasync::task<int> nested(int depth) {
  if (depth == 0) {
    co_await smartasync::sleep_for(std::chrono::microseconds(1));
    co_return 1;
  }
  co_return 1 + co_await nested(depth - 1);
}

}  // namespace reliability
