// SPDX-License-Identifier: MIT
#include "smartasync/detail/blocked_waiter.hpp"

#include "futex.hpp"
#include "smartasync/executor.hpp"

namespace smartasync::detail {

void blocked_waiter::set(std::uint32_t bit) noexcept {
  const void* const address = &word_;
  // Release: pairs with the acquire in wait(). After this step the waiter may be gone.
  if (word_.fetch_or(bit, std::memory_order_release) == 0) futex_wake_one(address);
}

void blocked_waiter::wait_helping() noexcept {
  if (where != nullptr) return where->block(*this);
  while (!wait()) {
  }
}

bool blocked_waiter::wait() noexcept {
  for (;;) {
    const std::uint32_t seen = word_.load(std::memory_order_acquire);
    if ((seen & finished_bit) != 0) return true;
    if ((seen & poked_bit) != 0) {
      word_.fetch_and(~poked_bit, std::memory_order_acquire);
      return false;
    }
    futex_wait(&word_, 0, std::chrono::steady_clock::time_point::max());
  }
}

}  // namespace smartasync::detail
