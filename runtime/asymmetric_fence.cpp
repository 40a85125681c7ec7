// SPDX-License-Identifier: MIT
#include "smartasync/detail/asymmetric_fence.hpp"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

namespace smartasync::detail {
namespace {

/// False from when the kernel agrees until it is known that no light fence relies on that any more.
constinit std::atomic<bool> is_settled{true};

bool membarrier(int command) noexcept {
  const int saved = errno;
  const bool done = syscall(SYS_membarrier, command, 0, 0) == 0;
  errno = saved;
  return done;
}

}  // namespace

constinit std::atomic<bool> has_heavy_fence{false};

// The builtin: GCC has no std::atomic_thread_fence for ThreadSanitizer.
void full_fence() noexcept { __sync_synchronize(); }

void asymmetric_fence_heavy() noexcept {
  if (membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED)) return;
  has_heavy_fence.store(false, std::memory_order_relaxed);
  full_fence();
  if (is_settled.load(std::memory_order_relaxed)) return;
  // The process has forbidden itself this system call since. Who does not know it yet has been in
  // the middle of a light fence; what it had written then reaches memory within microseconds. Each
  // caller that comes meanwhile waits as long.
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  is_settled.store(true, std::memory_order_relaxed);
}

void prepare_asymmetric_fences() noexcept {
  if (membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED)) {
    is_settled.store(false, std::memory_order_relaxed);
    has_heavy_fence.store(true, std::memory_order_release);  // After that.
  }
}

}  // namespace smartasync::detail
