// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

namespace smartasync::detail {

/// How many processors this process may use, 2 where that is not known. Asked of the kernel once.
[[nodiscard]] std::size_t processor_count() noexcept;
[[nodiscard]] inline bool several_processors() noexcept { return processor_count() > 1; }

/// A short look at memory before a sleep: an answer that comes within microseconds is there before
/// the thread could have slept and woken. Bounded, never on one processor, which the other thread
/// needs, and only while the waits here are short ones: those that the look itself ends, or a sleep
/// that did not last.
///
/// Where a thread is slow to wake, as on a virtual machine, two that answer each other would both
/// be asleep each time, although either answers at once when it is awake. So where sleeps do not
/// last, a look may last as long as a thread takes to wake. It gives way to other threads all the
/// time, and is not tried again soon where it was in vain; the caller says whether there is a
/// processor for it.
class adaptive_spin {
 public:
  using clock = std::chrono::steady_clock;

  /// Looks until `ready()` or for some microseconds; where it helps, for 64 of them, but not past
  /// `long_until`. True when `ready()` said true.
  template <class Ready>
  bool wait(Ready ready, clock::time_point long_until) noexcept {
    if (credit_ == 0 || !several_processors()) return false;
    if (look(ready, most_looks) || look_longer(ready, long_until)) {
      credit_ = full_credit;
      return true;
    }
    --credit_;
    return false;
  }

  /// Looks at nothing for so long, so that others have the memory to themselves meanwhile. Does not
  /// give up the processor: for a few microseconds, and where there are several.
  static void look_away(clock::duration how_long) noexcept {
    const auto until = clock::now() + how_long;
    do pause();
    while (clock::now() < until);
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
    if (several_processors()) slept_at_ = clock::now();
  }
  void end_sleep() noexcept {
    if (!several_processors() || clock::now() - slept_at_ >= short_sleep) return;
    credit_ = full_credit;
    if (in_vain_ != 0) --in_vain_;
  }

 private:
  template <class Ready>
  static bool look(Ready& ready, unsigned times) noexcept {
    for (unsigned i = 0; i != times; ++i) {
      if (ready()) return true;
      pause();
    }
    return false;
  }

  template <class Ready>
  bool look_longer(Ready& ready, clock::time_point until) noexcept {
    if (in_vain_ != 0) return false;
    clock::time_point now = clock::now();
    if (until <= now) return false;
    until = std::min(until, now + time_to_wake);
    while (now < until) {
      if (look(ready, looks_between_offers)) return true;
      const clock::time_point before = std::exchange(now, offer_processor());
      if (now - before > time_between_offers) break;  // Another thread has had the processor.
    }
    in_vain_ = sleeps_before_next;
    return false;
  }

  /// Lets a thread run that waits for this processor; when that is over.
  static clock::time_point offer_processor() noexcept;

  static constexpr unsigned most_looks = 200;
  static constexpr unsigned full_credit = 8;
  /// A sleep is seldom shorter than it takes to wake.
  static constexpr clock::duration short_sleep = std::chrono::microseconds(150);
  /// Two or three times what a thread takes on a virtual machine whose processors rest.
  static constexpr clock::duration time_to_wake = std::chrono::microseconds(64);
  static constexpr unsigned looks_between_offers = 128;
  static constexpr clock::duration time_between_offers = std::chrono::microseconds(16);
  static constexpr unsigned sleeps_before_next = 4;

  unsigned credit_ = full_credit;
  unsigned in_vain_ = sleeps_before_next;  ///< So many short sleeps until the next long look.
  clock::time_point slept_at_;
};

}  // namespace smartasync::detail
