// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace smartasync::detail {

/// True when this process may use more than one processor. Asked of the kernel once.
[[nodiscard]] bool several_processors() noexcept;

/// A short look at memory before a sleep: an answer that comes within microseconds is there before
/// the thread could have slept and woken. Bounded, never on one processor, which the other thread
/// needs, and only while the waits here are short ones: those that the look itself ends, or a sleep
/// that did not last.
class adaptive_spin {
 public:
  /// Looks until `ready()` or for some microseconds. True when `ready()` said true.
  template <class Ready>
  bool wait(Ready ready) noexcept {
    if (credit_ == 0 || !several_processors()) return false;
    for (unsigned look = 0; look != most_looks; ++look) {
      if (ready()) {
        credit_ = full_credit;
        return true;
      }
      pause();
    }
    --credit_;
    return false;
  }

  /// Looks at nothing for so long, so that others have the memory to themselves meanwhile. Does not
  /// give up the processor: for a few microseconds, and where there are several.
  static void look_away(std::chrono::steady_clock::duration how_long) noexcept {
    const auto until = std::chrono::steady_clock::now() + how_long;
    do pause();
    while (std::chrono::steady_clock::now() < until);
  }

  /// Tells the processor that this thread looks at memory in a loop: it takes some 3 to 50 ns.
  static void pause() noexcept {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb" ::: "memory");
#endif
  }

  /// To be called around a sleep that another thread may end: `begin_sleep()` before it, and
  /// `end_sleep()` when it was ended so.
  void begin_sleep() noexcept {
    if (several_processors()) slept_at_ = std::chrono::steady_clock::now();
  }
  void end_sleep() noexcept {
    if (!several_processors()) return;
    if (std::chrono::steady_clock::now() - slept_at_ < short_sleep) credit_ = full_credit;
  }

 private:
  static constexpr unsigned most_looks = 200;
  static constexpr unsigned full_credit = 8;
  /// A sleep is seldom shorter than it takes to wake.
  static constexpr std::chrono::steady_clock::duration short_sleep = std::chrono::microseconds(150);

  unsigned credit_ = full_credit;
  std::chrono::steady_clock::time_point slept_at_;
};

}  // namespace smartasync::detail
