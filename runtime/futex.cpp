// SPDX-License-Identifier: MIT
#include "futex.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

namespace smartasync::detail {

bool futex_wait(const void* word, std::uint32_t expected,
                std::chrono::steady_clock::time_point until) noexcept {
  using namespace std::chrono;
  timespec at{};
  const timespec* limit = nullptr;
  if (until != steady_clock::time_point::max()) {
    const auto since_boot = until.time_since_epoch();
    if (since_boot.count() < 0) return false;  // The kernel refuses it.
    const auto whole = duration_cast<seconds>(since_boot);
    at.tv_sec = static_cast<time_t>(whole.count());
    at.tv_nsec = static_cast<long>(duration_cast<nanoseconds>(since_boot - whole).count());
    limit = &at;
  }
  // The bitset form takes an absolute deadline on the monotonic clock, which steady_clock reads.
  const long result = syscall(SYS_futex, word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, expected,
                              limit, nullptr, FUTEX_BITSET_MATCH_ANY);
  return result == 0 || errno != ETIMEDOUT;
}

void futex_wake_one(const void* word) noexcept {
  const int saved = errno;
  syscall(SYS_futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, nullptr, nullptr, 0);
  errno = saved;
}

}  // namespace smartasync::detail
