// SPDX-License-Identifier: MIT
#pragma once

// What debug mode and the attribute's `debug` report, for a test to look into.

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "smartasync/debug.hpp"

namespace debug_reports {

/// Hears the reports in place of stderr.
class heard_reports {
 public:
  heard_reports() {
    take();
    smartasync::set_debug_sink(&heard_reports::hear);
  }
  ~heard_reports() { smartasync::set_debug_sink(nullptr); }

  std::string take() {
    const std::lock_guard lock(mutex);
    return std::exchange(text, std::string());
  }
  /// Blocks until a report has this in it.
  void wait_for(std::string_view part) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return text.find(part) != std::string::npos; });
  }

 private:
  static void hear(std::string_view lines) noexcept {
    const std::lock_guard lock(mutex);
    text += lines;
    changed.notify_all();
  }
  static inline std::mutex mutex;
  static inline std::condition_variable changed;
  static inline std::string text;
};

inline ::testing::AssertionResult has(const std::string& text, std::string_view part) {
  if (text.find(part) != std::string::npos) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "no \"" << part << "\" in:\n" << text;
}

}  // namespace debug_reports
