// SPDX-License-Identifier: MIT
#include "report.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>

#include "smartasync/debug.hpp"

namespace smartasync {
namespace {

constinit std::atomic<debug_sink> current_sink{nullptr};

void write_to_stderr(std::string_view lines) noexcept {
  const int saved = errno;
  // One write, so that the lines of several threads do not mix; more only where it came up short.
  while (!lines.empty()) {
    const auto written = ::write(STDERR_FILENO, lines.data(), lines.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    lines.remove_prefix(static_cast<std::size_t>(written));
  }
  errno = saved;
}

}  // namespace

debug_sink set_debug_sink(debug_sink sink) noexcept {
  // Nothing else is published with the pointer: a sink is a function.
  return current_sink.exchange(sink, std::memory_order_relaxed);
}

namespace detail {

void report(std::string_view lines) noexcept {
  if (const debug_sink sink = current_sink.load(std::memory_order_relaxed)) {
    sink(lines);
  } else {
    write_to_stderr(lines);
  }
}

std::string duration_text(std::chrono::nanoseconds d) {
  const double ms = std::chrono::duration<double, std::milli>(d).count();
  std::array<char, 32> text{};
  if (ms < 1) {
    std::snprintf(text.data(), text.size(), "%.0f us", ms * 1000);
  } else if (ms < 10'000) {
    std::snprintf(text.data(), text.size(), "%.1f ms", ms);
  } else {
    std::snprintf(text.data(), text.size(), "%.2f s", ms / 1000);
  }
  return text.data();
}

}  // namespace detail
}  // namespace smartasync
