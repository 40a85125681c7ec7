// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <exception>

/// A coroutine of another library: it starts where it is called, no loop runs it, and nobody waits
/// for it.
struct foreign_coroutine {
  struct promise_type {
    foreign_coroutine get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};
