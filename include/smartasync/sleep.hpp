// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <coroutine>
#include <type_traits>

#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/suspended.hpp"
#include "smartasync/detail/timer_heap.hpp"
#include "smartasync/yield.hpp"

namespace smartasync {

/// The awaitable of `sleep_for()` and `sleep_until()`; movable until it is awaited.
class [[nodiscard]] sleep_awaiter {
 public:
  using smartasync_native = void;

  /// From now, counted when it is awaited.
  explicit sleep_awaiter(std::chrono::steady_clock::duration d) noexcept : for_(d) {}
  /// Until a time of the steady clock.
  explicit sleep_awaiter(detail::deadline until) noexcept : until_(until), relative_(false) {}
  sleep_awaiter(sleep_awaiter&& other) noexcept
      : for_(other.for_), until_(other.until_), relative_(other.relative_) {}

  bool await_ready();
  void await_suspend(detail::awaiting_coroutine h);
  void await_resume();

 private:
  struct waiting : detail::timer, detail::cancel_node {
    waiting() noexcept : cancel_node(&waiting::cancel) {}
    static void cancel(detail::cancel_node* node) noexcept;
    bool cancelled = false;
  };

  std::chrono::steady_clock::duration for_{};
  detail::deadline until_{};
  bool relative_ = true;
  waiting waiting_;
};

/// Awaited, resumes on this loop after at least `d`; with `d <= 0`, when all that is ready now has
/// run. Throws, when awaited, `cancelled_error`, or `wrong_loop_error` where no loop runs.
template <class Rep, class Period>
[[nodiscard]] sleep_awaiter sleep_for(std::chrono::duration<Rep, Period> d) {
  using steady = std::chrono::steady_clock;
  using seconds = std::chrono::duration<double>;
  // Durations beyond the clock's range would wrap around.
  if (seconds(d) >= seconds(std::chrono::hours(24 * 365 * 100))) {
    return sleep_awaiter(std::chrono::hours(24 * 365 * 100));
  }
  return sleep_awaiter(std::chrono::ceil<steady::duration>(d));
}

/// Awaited, resumes on this loop at `t` or after. A clock other than `steady_clock` is read once,
/// when this is called.
template <class Clock, class Duration>
[[nodiscard]] sleep_awaiter sleep_until(std::chrono::time_point<Clock, Duration> t) {
  if constexpr (std::is_same_v<Clock, std::chrono::steady_clock>) {
    return sleep_awaiter(std::chrono::ceil<std::chrono::steady_clock::duration>(t));
  } else {
    return sleep_for(t - Clock::now());
  }
}

}  // namespace smartasync
