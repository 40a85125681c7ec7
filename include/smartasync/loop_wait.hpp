// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include "smartasync/detail/suspended.hpp"

namespace smartasync {

/// One wait for one descriptor, for reading or for writing.
struct descriptor_watch : detail::suspended {
  int fd = -1;
  bool for_writing = false;
  bool found = false;  ///< It became ready and is in the loop's queue.
};

/// The blocking wait of an event loop, the one part that another reactor can replace.
///
/// Life: given to the loop's constructor and destroyed by the loop. The loop calls everything but
/// `wake()` on its own thread. Before it destroys this object the loop collects every `wake()` that
/// was still on its way, so `wake()` never meets a dead object as long as `wait()` counts truly.
class loop_wait {
 public:
  using deadline = std::chrono::steady_clock::time_point;

  virtual ~loop_wait() = default;

  /// Blocks until `wake()` is called, a watched descriptor is ready, or `until` passes (`max()`: no
  /// deadline; a past one: looks and returns). Pushes each watch that became ready to `ready`,
  /// after which it is watched no more. Returns how many calls of `wake()` it consumed; each is
  /// counted exactly once, in this call or a later one. What it throws is reported to the handler
  /// of unhandled exceptions, and the loop goes on.
  virtual std::size_t wait(deadline until, detail::work_queue& ready) = 0;

  /// Ends the current `wait()`, or the next. From any thread and from a signal handler.
  virtual void wake() noexcept = 0;

  /// Starts to watch, once. Throws `std::system_error`: `device_or_resource_busy` when another
  /// watch waits for the same of this descriptor. Returns false when the descriptor is always ready
  /// (a regular file): then nothing is watched.
  virtual bool watch(descriptor_watch& watch) = 0;

  /// Stops watching; the descriptor may be closed already.
  virtual void unwatch(descriptor_watch& watch) noexcept = 0;
};

/// The default: epoll, with an eventfd for `wake()`. Throws `std::system_error`.
[[nodiscard]] std::unique_ptr<loop_wait> make_epoll_wait();

}  // namespace smartasync
