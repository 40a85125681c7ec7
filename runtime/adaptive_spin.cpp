// SPDX-License-Identifier: MIT
#include "smartasync/detail/adaptive_spin.hpp"

#include <sched.h>

namespace smartasync::detail {

bool several_processors() noexcept {
  static const bool several = [] {
    cpu_set_t set;
    CPU_ZERO(&set);
    // It fails where there are more processors than the set has room for.
    return sched_getaffinity(0, sizeof set, &set) != 0 || CPU_COUNT(&set) > 1;
  }();
  return several;
}

}  // namespace smartasync::detail
