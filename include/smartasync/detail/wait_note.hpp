// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/modes.hpp"

namespace smartasync::detail {

class scope;

/// What a suspended coroutine waits for.
enum class wait_kind : unsigned char {
  start,         ///< its own first step, on the loop `object`; `name`: what it is
  turn,          ///< the rest of the ready ones
  timer,         ///< `until`
  readable,      ///< `descriptor`
  writable,      ///< `descriptor`
  offload,       ///< a call on the executor `name`
  hop,           ///< a task on the loop `object`
  lane,          ///< the serial lane `object` of the function `name`
  when_all,      ///< the operands under `group`
  when_any,      ///< the operands under `group`
  with_timeout,  ///< the operand under `group`, until `until`
  task_group,    ///< the members under `group`
  signal,        ///< a signal of a set
  stop_request,  ///< a cancellation that is on its way
  foreign,       ///< an awaitable of another library
};

/// The particulars of a wait.
struct wait_details {
  std::chrono::steady_clock::time_point until{};
  int descriptor = -1;
  const void* object = nullptr;
  const scope* group = nullptr;  ///< What the coroutine waits for runs in scopes under this one.
  const char* name = nullptr;
};

// Called where watching() says so. `item` is the queue entry by which the coroutine goes on.

/// The coroutine waits from now on. On its loop's thread, before any other thread can end the wait.
void note_wait(const void* item, awaiting_coroutine who, const scope* chain, wait_kind kind,
               const wait_details& details = {}) noexcept;
/// It does not wait after all, or goes on where no loop runs.
void note_wait_ended(const void* item) noexcept;
/// The step of the loop on this thread starts this coroutine.
void note_started(const void* frame) noexcept;

/// While it lives, this thread makes the call that `item` waits for.
class watched_offload {
 public:
  explicit watched_offload(const void* item) noexcept;
  ~watched_offload();
  watched_offload(const watched_offload&) = delete;
  watched_offload& operator=(const watched_offload&) = delete;

 private:
  const void* item_;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace smartasync::detail
