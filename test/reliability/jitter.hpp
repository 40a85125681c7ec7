// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>

#include "next_random.hpp"

namespace reliability {

/// More of them in ./dev soak.
inline int rounds(int in_short_form) {
  static const bool soak = std::getenv("SMARTASYNC_SOAK") != nullptr;
  return soak ? in_short_form * 20 : in_short_form;
}

/// Longer than a thread mostly looks before it falls asleep, and longer than it ever does.
inline constexpr unsigned beyond_the_look = 17;
inline constexpr unsigned beyond_any_look = 22;

/// Spends a different time at each call, mostly a few instructions, up to as many as the waking of
/// a thread takes: so that what another thread does meanwhile is met at every point. Doubled for
/// each of `doublings`.
class jitter {
 public:
  explicit jitter(std::uint64_t seed, unsigned doublings = 14)
      : random_(seed * 2 + 1), doublings_(doublings) {}
  void spend() {
    const std::uint64_t random = next_random(random_);
    const std::uint64_t most = std::uint64_t{1} << (random >> 20) % doublings_;
    for (std::uint64_t i = (random >> 33) % most; i != 0; --i) {
      std::atomic_signal_fence(std::memory_order_seq_cst);
    }
  }

 private:
  std::uint64_t random_;
  unsigned doublings_;
};

}  // namespace reliability
