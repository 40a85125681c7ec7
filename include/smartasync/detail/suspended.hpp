// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <coroutine>

#include "smartasync/detail/scope.hpp"
#include "smartasync/detail/work_item.hpp"

namespace smartasync::detail {

/// A coroutine that waits, as a queue entry: executed by a loop, it goes on in its own scope.
struct suspended : work_item {
  /// Of a coroutine that is yet to be captured.
  suspended() noexcept : work_item(nullptr) { chain = nullptr; }
  /// Of a coroutine that waits already.
  suspended(std::coroutine_handle<> h, scope* s) noexcept : work_item(unsaid_t()) { capture(h, s); }

  /// Remembers the coroutine and the scope that it runs in.
  void capture(std::coroutine_handle<> h, scope* s) noexcept {
    handle = h;
    // Keeps these two stores apart: the loop, which soon loads either, would wait longer for a half
    // of a store of both, and GCC would take them through a vector register.
    std::atomic_signal_fence(std::memory_order_release);
    chain = s;
  }

  /// Queues the coroutine on its home loop, on whose thread this is. For combinators whose children
  /// have ended: requires a scope with a home.
  void schedule() noexcept;

  /// Resumes where this thread stands, with no loop around: for coroutines that run on none.
  void resume_here() noexcept;

 protected:
  explicit suspended(unsaid_t unsaid) noexcept : work_item(unsaid) {}
};

}  // namespace smartasync::detail
