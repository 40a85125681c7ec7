// SPDX-License-Identifier: MIT
#include "smartasync/unawaited.hpp"

#include <atomic>
#include <cstdio>
#include <exception>
#include <mutex>
#include <new>
#include <set>
#include <string>

#include "call_place.hpp"
#include "report.hpp"

namespace smartasync {
namespace {

constinit std::atomic<unawaited_handler> current_handler{nullptr};

void report_with_place(const site& dropped, std::uint32_t place) noexcept {
  if (!detail::first_report_of(place)) return;
  try {
    detail::report("smartasync: a call of " + std::string(dropped.function) +
                   "() was dropped without 'co_await': it never ran. It was made in " +
                   detail::call_place_text(place, dropped.function) + "\n");
  } catch (const std::exception&) {
    // Without memory there is no report.
  }
}

/// True once for each function, and without memory every time. What it remembers is never freed: a
/// static object's destructor may drop a call.
bool first_drop_of(const site& dropped) noexcept {
  static constinit std::mutex mutex;
  static auto* const reported = new (std::nothrow) std::set<const site*>();
  const std::lock_guard lock(mutex);
  try {
    return reported == nullptr || reported->insert(&dropped).second;
  } catch (const std::bad_alloc&) {
    return true;
  }
}

}  // namespace

unawaited_handler set_unawaited_handler(unawaited_handler handler) noexcept {
  // Nothing else is published with the pointer: a handler is a function.
  return current_handler.exchange(handler, std::memory_order_relaxed);
}

void detail::report_unawaited(const site& dropped, std::uint32_t place) noexcept {
  // An exception between the call and its await has a reporter of its own.
  if (std::uncaught_exceptions() > 0) return;
  if (const unawaited_handler handler = current_handler.load(std::memory_order_relaxed)) {
    handler(dropped);
    if (place == 0) return;
  }
  if (place != 0) return report_with_place(dropped, place);
  if (!first_drop_of(dropped)) return;
  std::fprintf(stderr,
               "smartasync: a call of %s() was dropped without 'co_await': it never ran. "
               "(Said once for each function.)\n",
               dropped.function);
}

}  // namespace smartasync
