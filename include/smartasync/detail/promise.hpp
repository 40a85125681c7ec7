// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <coroutine>
#include <cstddef>
#include <cstdint>

#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/frame_cache.hpp"
#include "smartasync/detail/stack_room.hpp"
#include "smartasync/detail/thread_state.hpp"

namespace smartasync::detail {

/// Told that a task has ended, in place of a coroutine that awaits it. Called once, in the scope of
/// the task, on the thread where it ended; may destroy the task.
struct completion {
  using function = void(completion*) noexcept;

  /// `as`: how the work that ends is called in reports.
  constexpr completion(function* f, const char* as) noexcept : on_end(f), name(as) {}
  completion(const completion&) = delete;
  completion& operator=(const completion&) = delete;

  function* on_end;
  const char* name;
};

/// Resumes what `state_here().next` names until nothing is named.
void drain_next() noexcept;

/// Resumes a coroutine in the scope that is current: as soon as the stack has unwound to the loop
/// or to the outermost start, at once where there is none.
void resume_next(std::coroutine_handle<> h) noexcept;

/// The address of a frame, as a plain value. LLVM makes the promise's address from it once, keeps
/// it in a register of its own for the whole of each step, and saves that at each entry, if only
/// the end needs it.
[[nodiscard]] inline void* plain_frame(void* frame) noexcept {
#if defined(__clang__)
  __asm__("" : "+r"(frame));
#endif
  return frame;
}

/// The part of a task's promise that does not depend on its type: who is told of its end.
///
/// An awaiter resumes the child itself (`start`), from `await_ready`, and most children end there:
/// neither a transfer of control nor an atomic operation is needed, and a row of such awaits leaves
/// the stack as it was in every build, where GCC without optimisation or with sanitizers does not
/// make a tail call of symmetric transfer. For that reason nothing here uses symmetric transfer.
///
/// A task that is started where a loop runs ends on that loop's thread, whatever it awaits: every
/// awaiter of ours, and the way home of the others, goes back there. Only one that is started where
/// none runs may end on another thread while its awaiter suspends, and only there the hand-over is
/// an atomic exchange.
class promise_base {
 public:
  using smartasync_task = void;

  promise_base() = default;
  promise_base(const promise_base&) = delete;
  promise_base& operator=(const promise_base&) = delete;

  // The frame comes from this thread's cache.
  [[nodiscard]] static void* operator new(std::size_t size) { return allocate_frame(size); }
  static void operator delete(void* frame, std::size_t size) noexcept { free_frame(frame, size); }

  static std::suspend_always initial_suspend() noexcept { return {}; }

  struct final_awaiter {
    static bool await_ready() noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> h) const noexcept {
      std::coroutine_handle<Promise>::from_address(plain_frame(h.address())).promise().finish();
    }
    static void await_resume() noexcept {}
  };
  static final_awaiter final_suspend() noexcept { return {}; }

  /// Resumes the task for the first time, where a loop runs on this thread; true when it has ended
  /// in there.
  bool start(std::coroutine_handle<> self) noexcept {
    self.resume();
    return ended();
  }

  /// The same anywhere, for an awaiter. Where the native stack has no room the start is left to who
  /// drains `state_here().next`.
  [[gnu::always_inline]] bool start_nested(std::coroutine_handle<> self) noexcept {
    if (thread_local_state.loop != nullptr && has_stack_room()) [[likely]] {
      self.resume();
    } else {
      start_elsewhere(self);
    }
    return ended();
  }

  /// True once it has ended. For who has started it, before `notify`.
  [[nodiscard]] bool ended() const noexcept {
    // Acquire: pairs with the release of the thread that has ended it; its result is read next.
    return waiter_.load(std::memory_order_acquire) == state_word(ended_mark);
  }

  /// What `ended()` looks at: the end is when this is `ended_mark`. For who has started it, on the
  /// thread of the loop where it ends, as long as nobody is notified.
  [[nodiscard]] const std::atomic<void*>& end() const noexcept { return waiter_; }

  /// Says which coroutine goes on when this one has ended; false when it has ended meanwhile.
  /// At most one of the two `notify` may be called, once, after `start` said false.
  bool notify(awaiting_coroutine waiter) noexcept {
    return set_waiter(static_cast<char*>(waiter.address()) + (waiter.is_task() ? task_tag : 0));
  }
  /// Says whom to tell of the end; false when it has ended meanwhile, and then nobody is told.
  bool notify(completion& waiter) noexcept {
    return set_waiter(static_cast<char*>(static_cast<void*>(&waiter)) + completion_tag);
  }

  /// Who waits for the end of this task. One of the two at the most.
  struct waiter_of_task {
    std::coroutine_handle<> coroutine;
    promise_base* promise = nullptr;  ///< Of that coroutine, where it is a task.
    const completion* told = nullptr;
  };
  /// For reports: on the thread of the loop where it is suspended.
  [[nodiscard]] waiter_of_task awaited_by() const noexcept;

 private:
  // The waiter is the address of a coroutine or, with the lowest bit set, of a completion. The next
  // bit says of a coroutine that it is a task. Null: nobody waits, and only this thread looks here.
  static constexpr std::uintptr_t completion_tag = 1;
  static constexpr std::uintptr_t task_tag = 2;
  // Two words are no addresses: `ended_mark`, and this one, with which nobody waits and the task
  // may end on another thread.
  static constexpr std::uintptr_t may_leave = 8;

  static void* state_word(std::uintptr_t state) noexcept { return reinterpret_cast<void*>(state); }

  bool set_waiter(void* waiter) noexcept {
    if (waiter_.load(std::memory_order_relaxed) != nullptr) [[unlikely]]
      return set_waiter_shared(waiter);
    waiter_.store(waiter, std::memory_order_relaxed);
    return true;
  }

  void finish() noexcept {
    void* const waiter = waiter_.load(std::memory_order_acquire);
    if (waiter == nullptr) [[likely]] {
      // Who starts it, further up this stack, looks next.
      waiter_.store(state_word(ended_mark), std::memory_order_relaxed);
    } else {
      finish_awaited(waiter);
    }
  }

  void start_elsewhere(std::coroutine_handle<> self) noexcept;
  bool set_waiter_shared(void* waiter) noexcept;
  void finish_awaited(void* waiter) noexcept;

  std::atomic<void*> waiter_{nullptr};
};

}  // namespace smartasync::detail
