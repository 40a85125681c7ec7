// SPDX-License-Identifier: MIT
#include "smartasync/context.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <stdexcept>

namespace smartasync {
namespace detail {

namespace {

// Detectors are only ever added: a reader that sees the count sees the entries below it.
constinit std::array<std::atomic<context_detector>, 16> detectors{};
constinit std::atomic<std::size_t> detector_count{0};
constinit std::mutex detector_mutex;

/// The epoch of foreign answers; a thread's remembered *true* counts only in its own epoch.
constinit std::atomic<std::uint32_t> foreign_epoch{1};

}  // namespace

bool in_foreign_context() noexcept {
  thread_state& t = state_here();
  const std::uint32_t epoch = foreign_epoch.load(std::memory_order_relaxed);
  if (t.foreign_epoch == epoch) return true;
  // Acquire: pairs with the release in register_context_detector.
  const std::size_t count = detector_count.load(std::memory_order_acquire);
  for (std::size_t i = 0; i != count; ++i) {
    if (detectors[i].load(std::memory_order_relaxed)()) {
      t.foreign_epoch = epoch;
      return true;
    }
  }
  return false;
}

}  // namespace detail

void register_context_detector(context_detector detector) {
  const std::lock_guard lock(detail::detector_mutex);
  const std::size_t count = detail::detector_count.load(std::memory_order_relaxed);
  if (count == detail::detectors.size()) {
    throw std::length_error("smartasync: too many context detectors");
  }
  detail::detectors[count].store(detector, std::memory_order_relaxed);
  detail::detector_count.store(count + 1, std::memory_order_release);
  detail::modes_word.fetch_or(detail::mode_detectors, std::memory_order_relaxed);
}

void foreign_context_ended() noexcept { detail::state_here().foreign_epoch = 0; }

void reset_context_cache() noexcept {
  // Zero means "never" in a thread: skip it when the count wraps around.
  if (detail::foreign_epoch.fetch_add(1, std::memory_order_relaxed) + 1 == 0) {
    detail::foreign_epoch.fetch_add(1, std::memory_order_relaxed);
  }
}

}  // namespace smartasync
