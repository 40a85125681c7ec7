// SPDX-License-Identifier: MIT
#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <bit>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <utility>

#include "limit_task.hpp"
#include "measure.hpp"

/// The hand-written limits of a call on another thread: two threads that wake each other through a
/// futex, and a loop with one worker that hand each other batches. Neither knows exceptions,
/// cancellation, a second worker, or a caller of its own.
namespace limit {

inline void futex_wait(const void* word, std::uint32_t expected) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, nullptr, nullptr, 0);
}
inline void futex_wake(const void* word) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

class flag {
 public:
  void raise() {
    word_.store(1, std::memory_order_release);
    futex_wake(&word_);
  }
  void wait() {
    while (word_.load(std::memory_order_acquire) == 0) futex_wait(&word_, 0);
    word_.store(0, std::memory_order_relaxed);
  }

 private:
  alignas(64) std::atomic<std::uint32_t> word_{0};
};

/// A stack of nodes that many push to and one takes all of; the taker sleeps while it is empty.
template <class Node>
class mailbox {
 public:
  /// `first` to `last` are linked already, the newest first.
  void push(Node* first, Node* last) {
    Node* seen = head_.load(std::memory_order_relaxed);
    do {
      last->next = seen == asleep() ? nullptr : seen;
    } while (!head_.compare_exchange_weak(seen, first, std::memory_order_acq_rel,
                                          std::memory_order_relaxed));
    if (seen == asleep()) futex_wake(low_half());
  }

  /// Blocks while empty, after `spins` looks.
  Node* take(unsigned spins) {
    for (unsigned i = 0; i != spins; ++i) {
      if (head_.load(std::memory_order_relaxed) != nullptr) break;
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    }
    for (;;) {
      if (Node* found = head_.exchange(nullptr, std::memory_order_acquire);
          found != nullptr && found != asleep()) {
        return found;
      }
      Node* empty = nullptr;
      if (head_.compare_exchange_strong(empty, asleep(), std::memory_order_relaxed)) {
        futex_wait(low_half(), 1);
      }
    }
  }

 private:
  static Node* asleep() { return reinterpret_cast<Node*>(std::uintptr_t{1}); }
  const void* low_half() const {
    static_assert(std::endian::native == std::endian::little);
    return &head_;
  }

  alignas(64) std::atomic<Node*> head_{nullptr};
};

class offload_loop {
 public:
  explicit offload_loop(int (*f)(int)) : f_(f) {}
  ~offload_loop() {
    call end{};
    to_worker_.push(&end, &end);
    worker_.join();
  }
  offload_loop(const offload_loop&) = delete;
  offload_loop& operator=(const offload_loop&) = delete;

  struct call {
    call* next = nullptr;
    std::coroutine_handle<> handle;
    int value = 0;
  };

  /// Runs until every call that was awaited has ended and asked for no more.
  void run() {
    while (pending_ != 0) {
      if (call* const first = std::exchange(first_, nullptr)) to_worker_.push(first, last_);
      for (call* done = to_loop_.take(spins_); done != nullptr;) {
        call& c = *done;
        done = c.next;
        --pending_;
        c.handle.resume();
      }
    }
  }

  auto offload(int value) {
    struct awaiter : call {
      explicit awaiter(offload_loop& l) : where(l) {}
      static bool await_ready() noexcept { return false; }
      void await_suspend(std::coroutine_handle<> h) noexcept {
        this->handle = h;
        this->next = where.first_;
        if (where.first_ == nullptr) where.last_ = this;
        where.first_ = this;
        ++where.pending_;
      }
      int await_resume() const noexcept { return this->value; }
      offload_loop& where;
    };
    awaiter made(*this);
    made.value = value;
    return made;
  }

 private:
  void work() {
    for (;;) {
      call* const first = to_worker_.take(spins_);
      call* last = nullptr;
      for (call* c = first; c != nullptr; c = c->next) {
        if (!c->handle) return;
        c->value = f_(c->value);
        last = c;
      }
      to_loop_.push(first, last);
    }
  }

  int (*f_)(int);
  unsigned spins_ = bench::processors() == 1 ? 0 : 500;
  mailbox<call> to_worker_;
  mailbox<call> to_loop_;
  call* first_ = nullptr;
  call* last_ = nullptr;
  std::size_t pending_ = 0;
  std::thread worker_{[this] { work(); }};
};

}  // namespace limit
