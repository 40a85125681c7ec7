// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <utility>

#include "smartasync/awaitable.hpp"
#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/frame_cache.hpp"
#include "smartasync/detail/suspended.hpp"
#include "smartasync/detail/wait_note.hpp"

namespace smartasync::detail {

/// The way home of a coroutine that waits for something foreign: a coroutine of its own, given to
/// the foreign awaiter in its place. Whoever resumes it, on whatever thread, it posts the real one
/// to its loop; with no loop it resumes it there.
class way_home : suspended {
 public:
  way_home() noexcept = default;
  ~way_home() {
    if (holds_loop_) release_loop();
    if (!ticket_) return;
    ticket_.destroy();
    if (watching()) [[unlikely]]
      note_wait_ended(static_cast<suspended*>(this));
  }
  way_home(const way_home&) = delete;
  way_home& operator=(const way_home&) = delete;

  /// The handle to give to the foreign awaiter. Throws `std::bad_alloc`.
  [[nodiscard]] std::coroutine_handle<> open(awaiting_coroutine h);

 private:
  struct ticket {
    struct promise_type {
      static void* operator new(std::size_t size) { return allocate_frame(size); }
      static void operator delete(void* f, std::size_t size) noexcept { free_frame(f, size); }
      ticket get_return_object() noexcept {
        return {std::coroutine_handle<promise_type>::from_promise(*this)};
      }
      static std::suspend_always initial_suspend() noexcept { return {}; }
      static std::suspend_never final_suspend() noexcept { return {}; }
      static void return_void() noexcept {}
      static void unhandled_exception() noexcept { std::terminate(); }
    };
    std::coroutine_handle<> handle;
  };

  static ticket make_ticket(way_home& self);
  void go() noexcept;
  void release_loop() noexcept;

  std::coroutine_handle<> ticket_;
  event_loop* loop_ = nullptr;
  bool holds_loop_ = false;
};

/// Awaits a foreign awaitable so that its coroutine goes on in its own scope, on its own loop.
template <class A>
class foreign_awaiter {
 public:
  explicit foreign_awaiter(A&& a)
      : adapted_(adapt(static_cast<A&&>(a))),
        inner_(get_awaiter(static_cast<adapted_t&&>(adapted_))) {}
  foreign_awaiter(const foreign_awaiter&) = delete;
  foreign_awaiter& operator=(const foreign_awaiter&) = delete;

  bool await_ready() { return static_cast<bool>(inner_.await_ready()); }

  auto await_suspend(awaiting_coroutine h) { return inner_.await_suspend(home_.open(h)); }

  decltype(auto) await_resume() { return inner_.await_resume(); }

 private:
  using adapted_t = decltype(adapt(std::declval<A&&>()));
  using inner_t = decltype(get_awaiter(std::declval<adapted_t&&>()));

  adapted_t adapted_;
  inner_t inner_;
  way_home home_;
};

}  // namespace smartasync::detail
