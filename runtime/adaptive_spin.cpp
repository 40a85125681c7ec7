// SPDX-License-Identifier: MIT
#include "smartasync/detail/adaptive_spin.hpp"

#include <sched.h>

namespace smartasync::detail {

std::size_t processor_count() noexcept {
  static const std::size_t count = [] {
    cpu_set_t set;
    CPU_ZERO(&set);
    // It fails where there are more processors than the set has room for.
    if (sched_getaffinity(0, sizeof set, &set) != 0) return std::size_t{2};
    return static_cast<std::size_t>(CPU_COUNT(&set));
  }();
  return count;
}

adaptive_spin::clock::time_point adaptive_spin::offer_processor() noexcept {
  sched_yield();
  return clock::now();
}

}  // namespace smartasync::detail
