// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>

namespace smartasync::detail {

/// A mutex for sections of some dozens of instructions. Where the process has several processors, a
/// thread that finds it locked looks again for some 60 pauses, a microsecond or two at the most,
/// before it sleeps. Two threads that hand each other calls fall into step, and each would lock it
/// just when the other has: with sleeps these system calls took as long as the call and its way
/// back.
///
/// Lockable, as the standard has it, with what `std::mutex` requires and throws; unlocked, it can
/// end at any time.
class spinning_mutex {
 public:
  /// From any thread that does not hold it. Throws `std::system_error`, as `std::mutex` does.
  void lock() {
    if (!mutex_.try_lock()) [[unlikely]]
      lock_after_others();
  }
  /// False when another thread holds it.
  [[nodiscard]] bool try_lock() { return mutex_.try_lock(); }
  /// On the thread that holds it.
  void unlock() noexcept { mutex_.unlock(); }

 private:
  void lock_after_others();

  std::mutex mutex_;
};

}  // namespace smartasync::detail
