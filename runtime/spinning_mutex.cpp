// SPDX-License-Identifier: MIT
#include "smartasync/detail/spinning_mutex.hpp"

#include "smartasync/detail/adaptive_spin.hpp"

namespace smartasync::detail {

void spinning_mutex::lock_after_others() {
  if (several_processors()) {
    constexpr unsigned most_pauses = 32;
    // Each look takes the memory of the mutex away from who has locked it: fewer and fewer.
    for (unsigned pauses = 1; pauses <= most_pauses; pauses *= 2) {
      for (unsigned i = 0; i != pauses; ++i) adaptive_spin::pause();
      if (mutex_.try_lock()) return;
    }
  }
  mutex_.lock();
}

}  // namespace smartasync::detail
