// SPDX-License-Identifier: MIT
#pragma once

#include "smartasync/detail/modes.hpp"
#include "smartasync/site.hpp"

namespace smartasync::detail {

struct live_call;

/// True where the calls of a function are watched: one load, but for functions that have `debug`.
[[nodiscard]] inline bool watched(const site& called) noexcept {
  return called.debug || watching();
}

/// One annotated call from its begin to its end: reports the path that it took, the threads, and
/// how long it took. Closed by who opened it.
class call_watch {
 public:
  // Stores nothing, for most calls are not watched.
  call_watch() noexcept {}
  call_watch(const call_watch&) = delete;
  call_watch& operator=(const call_watch&) = delete;

  /// The call begins here. `awaits`: it is awaited, else this thread blocks until it has ended.
  [[gnu::cold]] void open(const site& called, call_kind kind, bool awaits) noexcept;
  /// The author's function is called now, on this thread.
  void enter() noexcept;
  /// The coroutine that the call is; `wraps`: one of ours around the author's function.
  void runs_as(const void* frame, bool wraps) noexcept;
  /// The call has ended: with an exception when one is on its way.
  void close() noexcept;

 private:
  live_call* call_;  ///< From open() on.
};

/// A call whose caller blocks, watched for as long as this lives.
class blocking_watch : public call_watch {
 public:
  blocking_watch(const site& called, call_kind kind) noexcept { open(called, kind, false); }
  ~blocking_watch() { close(); }
};

}  // namespace smartasync::detail
