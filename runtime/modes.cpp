// SPDX-License-Identifier: MIT
#include "smartasync/detail/modes.hpp"

#include <cstdlib>
#include <string_view>

#include "environment.hpp"

namespace smartasync::detail {

constinit std::atomic<unsigned> modes_word{mode_unread};

namespace {

unsigned read_environment() noexcept {
  unsigned found = 0;
  const std::string_view debug = environment("SMARTASYNC_DEBUG");
  if (!debug.empty() && debug != "0") found |= mode_debug;
  if (!environment("SMARTASYNC_TRACE").empty()) found |= mode_trace;
  modes_word.fetch_or(found, std::memory_order_relaxed);
  modes_word.fetch_and(~mode_unread, std::memory_order_relaxed);
  if ((found & mode_debug) != 0) begin_dump_on_signal(environment("SMARTASYNC_DUMP_SIGNAL"));
  return found;
}

}  // namespace

std::string_view environment(const char* name) noexcept {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : "";
}

unsigned modes() noexcept {
  static const unsigned found = read_environment();
  return found;
}

}  // namespace smartasync::detail
