// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>

namespace smartasync::detail {

/// A mutex for sections of some dozens of instructions. Where the process has several processors, a
/// thread that finds it locked looks again for about a microsecond before it sleeps. Two threads
/// that hand each other calls fall into step, and each would lock it just when the other has: that
/// made two system calls of each call, which took them as long as the call and its way back.
///
/// Lockable, as the standard has it.
class spinning_mutex {
 public:
  void lock() {
    if (!mutex_.try_lock()) [[unlikely]]
      lock_after_others();
  }
  bool try_lock() { return mutex_.try_lock(); }
  void unlock() noexcept { mutex_.unlock(); }

 private:
  void lock_after_others();

  std::mutex mutex_;
};

}  // namespace smartasync::detail
