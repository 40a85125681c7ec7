// SPDX-License-Identifier: MIT
#pragma once

// Native stacks for tests of what is done on them: a thread's own, of any size, and one that a
// library of stackful coroutines would make, with nothing under it that may be touched.

#include <pthread.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <new>

#include "smartasync/detail/stack_room.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define SMARTASYNC_TEST_ASAN 1
#elif defined(__SANITIZE_THREAD__)
#define SMARTASYNC_TEST_TSAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SMARTASYNC_TEST_ASAN 1
#elif __has_feature(thread_sanitizer)
#define SMARTASYNC_TEST_TSAN 1
#endif
#endif
#if SMARTASYNC_TEST_ASAN
#include <sanitizer/common_interface_defs.h>
#elif SMARTASYNC_TEST_TSAN
#include <sanitizer/tsan_interface.h>
#endif

namespace stacks {

// Frames are larger in the builds of the sanitizers, and ThreadSanitizer has a mebibyte of its own
// at the top of each thread's stack.
#if SMARTASYNC_TEST_TSAN
constexpr std::size_t small_stack = std::size_t{4} * 1024 * 1024;
#elif SMARTASYNC_TEST_ASAN
constexpr std::size_t small_stack = std::size_t{512} * 1024;
#else
constexpr std::size_t small_stack = std::size_t{64} * 1024;
#endif
/// More than the frames of one task that starts another.
#if SMARTASYNC_TEST_TSAN || SMARTASYNC_TEST_ASAN
constexpr std::size_t one_start = std::size_t{32} * 1024;
#else
constexpr std::size_t one_start = std::size_t{4} * 1024;
#endif

struct region {
  std::uintptr_t lowest;
  std::uintptr_t top;
  [[nodiscard]] std::size_t size() const { return top - lowest; }
};

inline region stack_of_this_thread() {
  pthread_attr_t attributes;
  void* lowest = nullptr;
  std::size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) throw std::bad_alloc();
  pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  const auto address = reinterpret_cast<std::uintptr_t>(lowest);
  return {address, address + size};
}

/// Calls `f` on a thread that has a stack of this size, and waits for it.
inline void on_a_thread(std::size_t stack_size, std::function<void()> f) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_size);
  pthread_t thread{};
  const int failed = pthread_create(
      &thread, &attributes,
      [](void* what) -> void* {
        (*static_cast<std::function<void()>*>(what))();
        return nullptr;
      },
      &f);
  pthread_attr_destroy(&attributes);
  if (failed != 0) throw std::bad_alloc();
  pthread_join(thread, nullptr);
}

/// Calls `f` as far down this stack as `address` is.
// NOLINTNEXTLINE(misc-no-recursion)
[[gnu::noinline]] inline void standing_at(std::uintptr_t address, const std::function<void()>& f) {
  volatile char room[256];
  room[0] = 0;
  if (smartasync::detail::stack_here() > address) {
    standing_at(address, f);
  } else {
    f();
  }
  room[1] = room[0];  // Not a tail call.
}

/// A stack that is no thread's own.
class foreign_stack {
 public:
  explicit foreign_stack(std::size_t size) : size_(size) {
    void* const mapped =
        mmap(nullptr, size_ + 2 * apart, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    lowest_ = static_cast<char*>(mapped) + apart;
    mprotect(lowest_, size_, PROT_READ | PROT_WRITE);
  }
  ~foreign_stack() { munmap(lowest_ - apart, size_ + 2 * apart); }
  foreign_stack(const foreign_stack&) = delete;
  foreign_stack& operator=(const foreign_stack&) = delete;

  [[nodiscard]] region area() const {
    const auto lowest = reinterpret_cast<std::uintptr_t>(lowest_);
    return {lowest, lowest + size_};
  }

  /// Calls `f` on it; `f` must not throw.
  void call(const std::function<void()>& f) {
    called_ = &f;
    getcontext(&inside_);
    inside_.uc_stack.ss_sp = lowest_;
    inside_.uc_stack.ss_size = size_;
    inside_.uc_link = nullptr;
    // makecontext() passes numbers, of which two hold a pointer.
    const auto self = reinterpret_cast<std::uintptr_t>(this);
    makecontext(&inside_, reinterpret_cast<void (*)()>(&foreign_stack::enter), 2,
                static_cast<unsigned>(self >> 32), static_cast<unsigned>(self));
#if SMARTASYNC_TEST_ASAN
    void* kept = nullptr;
    __sanitizer_start_switch_fiber(&kept, lowest_, size_);
    swapcontext(&outside_, &inside_);
    __sanitizer_finish_switch_fiber(kept, nullptr, nullptr);
#elif SMARTASYNC_TEST_TSAN
    outer_fiber_ = __tsan_get_current_fiber();
    void* const fiber = __tsan_create_fiber(0);
    __tsan_switch_to_fiber(fiber, 0);
    swapcontext(&outside_, &inside_);
    __tsan_destroy_fiber(fiber);
#else
    swapcontext(&outside_, &inside_);
#endif
  }

 private:
  static void enter(unsigned high, unsigned low) {
    auto* const self =
        reinterpret_cast<foreign_stack*>(static_cast<std::uintptr_t>(high) << 32 | low);
#if SMARTASYNC_TEST_ASAN
    const void* outer = nullptr;
    std::size_t outer_size = 0;
    __sanitizer_finish_switch_fiber(nullptr, &outer, &outer_size);
    (*self->called_)();
    __sanitizer_start_switch_fiber(nullptr, outer, outer_size);
#elif SMARTASYNC_TEST_TSAN
    (*self->called_)();
    __tsan_switch_to_fiber(self->outer_fiber_, 0);
#else
    (*self->called_)();
#endif
    setcontext(&self->outside_);
  }

  // On both sides nothing may be touched. As far from any other stack as Valgrind wants, which
  // takes a shorter way for a frame.
  static constexpr std::size_t apart = std::size_t{4} * 1024 * 1024;

  std::size_t size_;
  char* lowest_ = nullptr;
  const std::function<void()>* called_ = nullptr;
  ucontext_t inside_{};
  ucontext_t outside_{};
#if SMARTASYNC_TEST_TSAN
  void* outer_fiber_ = nullptr;
#endif
};

}  // namespace stacks
