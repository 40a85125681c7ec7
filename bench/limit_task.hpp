// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

/// The hand-written limit that the benchmarks stand beside: the least task of int that can be
/// awaited. It recycles its frames and starts in `await_ready`; it knows no exceptions, no threads,
/// no cancellation, no scopes, and overflows the stack when it nests deep.
namespace limit {

struct frame_list {
  struct block {
    block* next;
  };
  block* first = nullptr;
};
inline constinit thread_local frame_list frames;

/// The base of a promise whose frame is recycled: one size for all.
struct recycled_frame {
  static constexpr std::size_t room = 256;

  static void* operator new(std::size_t size) {
    if (size > room) std::abort();
    if (frame_list::block* found = frames.first) {
      frames.first = found->next;
      return found;
    }
    return ::operator new(room);
  }
  static void operator delete(void* frame, std::size_t) noexcept {
    frames.first = ::new (frame) frame_list::block{frames.first};
  }
};

#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::coro_await_elidable)
#define LIMIT_AWAIT_ELIDABLE [[clang::coro_await_elidable]]
#endif
#endif
#ifndef LIMIT_AWAIT_ELIDABLE
#define LIMIT_AWAIT_ELIDABLE
#endif

class LIMIT_AWAIT_ELIDABLE task {
 public:
  struct promise_type : recycled_frame {
    std::coroutine_handle<> waiter;
    int value = 0;

    task get_return_object() noexcept {
      return task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    static std::suspend_always initial_suspend() noexcept { return {}; }
    struct final_awaiter {
      static bool await_ready() noexcept { return false; }
      static std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> h) noexcept {
        std::coroutine_handle<> waiter = h.promise().waiter;
        return waiter ? waiter : std::noop_coroutine();
      }
      static void await_resume() noexcept {}
    };
    static final_awaiter final_suspend() noexcept { return {}; }
    void return_value(int v) noexcept { value = v; }
    [[noreturn]] static void unhandled_exception() { throw; }
  };

  explicit task(std::coroutine_handle<promise_type> h) noexcept : handle_(h) {}
  task(task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  ~task() {
    if (handle_) handle_.destroy();
  }

  struct awaiter {
    std::coroutine_handle<promise_type> child;
    bool await_ready() const {
      child.resume();
      return child.done();
    }
    void await_suspend(std::coroutine_handle<> h) const noexcept { child.promise().waiter = h; }
    int await_resume() const noexcept { return child.promise().value; }
  };
  awaiter operator co_await() && noexcept { return {handle_}; }

  [[nodiscard]] std::coroutine_handle<promise_type> handle() const noexcept { return handle_; }

 private:
  std::coroutine_handle<promise_type> handle_;
};

/// A coroutine that nobody waits for; its frame is recycled as a task's.
struct detached {
  struct promise_type : recycled_frame {
    static detached get_return_object() noexcept { return {}; }
    static std::suspend_never initial_suspend() noexcept { return {}; }
    static std::suspend_never final_suspend() noexcept { return {}; }
    static void return_void() noexcept {}
    [[noreturn]] static void unhandled_exception() { throw; }
  };
};

}  // namespace limit
