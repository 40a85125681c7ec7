// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <coroutine>
#include <cstddef>
#include <cstdint>

#include "smartasync/detail/awaiting_coroutine.hpp"
#include "smartasync/detail/frame_cache.hpp"
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

/// How deep tasks may start each other on the native stack; past it a start waits until the stack
/// has unwound, so that no recursion of tasks grows it further.
inline constexpr unsigned max_depth = 200;

/// Resumes what `state_here().next` names until nothing is named.
void drain_next() noexcept;

/// Resumes a coroutine in the scope that is current: as soon as the stack has unwound to the loop
/// or to the outermost start, at once where there is none.
void resume_next(std::coroutine_handle<> h) noexcept;

/// The part of a task's promise that does not depend on its type: who is told of its end.
///
/// An awaiter resumes the child itself (`start`), from `await_ready`, and most children end there:
/// neither a transfer of control nor an atomic operation is needed, and a row of such awaits leaves
/// the stack as it was in every build, where GCC without optimisation or with sanitizers does not
/// make a tail call of symmetric transfer. For that reason nothing here uses symmetric transfer.
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
      h.promise().finish();
    }
    static void await_resume() noexcept {}
  };
  static final_awaiter final_suspend() noexcept { return {}; }

  /// Resumes the task for the first time; true when it has finished in there, on this thread.
  bool start(std::coroutine_handle<> self) noexcept {
    thread_state& t = state_here();
    promise_base* const outer = t.starting;
    t.starting = this;
    ++t.depth;
    self.resume();
    const bool finished = t.starting == nullptr;
    t.starting = outer;
    if (--t.depth == 0 && t.next != nullptr) [[unlikely]]
      drain_next();
    return finished;
  }

  /// `start()` where nothing of ours is on the native stack.
  bool start_first(std::coroutine_handle<> self) noexcept {
    thread_state& t = state_here();
    t.starting = this;
    t.depth = 1;
    self.resume();
    const bool finished = t.starting == nullptr;
    t.starting = nullptr;
    t.depth = 0;
    if (t.next != nullptr) [[unlikely]]
      drain_next();
    return finished;
  }

  /// `start()` for an awaiter: past `max_depth`, leaves it to who drains `state_here().next`.
  bool start_nested(std::coroutine_handle<> self) noexcept {
    thread_state& t = state_here();
    if (t.depth >= max_depth && t.next == nullptr) [[unlikely]] {
      t.next = self.address();
      return false;
    }
    return start(self);
  }

  /// Says which coroutine goes on when this one has ended; false when it has ended meanwhile.
  /// At most one of the two `notify` may be called, once, after `start` said false.
  bool notify(awaiting_coroutine waiter) noexcept {
    return set_waiter(static_cast<char*>(waiter.address()) +
                      (waiter.promise() != nullptr ? task_tag : 0));
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
  // bit says of a coroutine that it is a task.
  static constexpr std::uintptr_t completion_tag = 1;
  static constexpr std::uintptr_t task_tag = 2;

  [[nodiscard]] void* ended_mark() noexcept { return this; }

  bool set_waiter(void* waiter) noexcept {
    void* expected = nullptr;
    // Release: a thread that ends the task resumes what this one wrote before. Acquire on failure:
    // pairs with the exchange of the thread that has ended it; its result is read next.
    return waiter_.compare_exchange_strong(expected, waiter, std::memory_order_release,
                                           std::memory_order_acquire);
  }

  void finish() noexcept {
    thread_state& t = state_here();
    if (t.starting == this) [[likely]] {
      t.starting = nullptr;
      return;
    }
    // Acquire: pairs with set_waiter's release. Release: with its acquire, for the result.
    if (void* waiter = waiter_.exchange(ended_mark(), std::memory_order_acq_rel)) wake(waiter);
  }

  static void wake(void* waiter) noexcept {
    if ((reinterpret_cast<std::uintptr_t>(waiter) & completion_tag) != 0) {
      auto* told = reinterpret_cast<completion*>(static_cast<char*>(waiter) - completion_tag);
      told->on_end(told);
    } else {
      // One subtraction and no branch, whether the bit is set or not.
      resume_next(std::coroutine_handle<>::from_address(
          static_cast<char*>(waiter) - (reinterpret_cast<std::uintptr_t>(waiter) & task_tag)));
    }
  }

  std::atomic<void*> waiter_{nullptr};
};

}  // namespace smartasync::detail
