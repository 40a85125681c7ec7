// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <thread>
#include <vector>

#include "limit_task.hpp"

/// The hand-written limit of an event loop: an intrusive queue of handles, a heap of four children
/// to a node with its keys inline, and nothing else.
namespace limit {

struct step {
  step* next = nullptr;
  std::coroutine_handle<> handle;
};

class loop {
 public:
  using clock = std::chrono::steady_clock;

  void post(step& s) {
    s.next = nullptr;
    (first_ == nullptr ? first_ : last_->next) = &s;
    last_ = &s;
  }

  /// Runs until nothing is queued and no timer is left.
  void run() {
    for (;;) {
      while (first_ != nullptr) {
        step& s = *first_;
        first_ = s.next;
        s.handle.resume();
      }
      if (heap_.empty()) return;
      const clock::time_point now = clock::now();
      if (now < heap_.front().when) std::this_thread::sleep_until(heap_.front().when);
      while (!heap_.empty() && heap_.front().when <= now) pop().resume();
    }
  }

  void add_timer(clock::time_point when, std::coroutine_handle<> h) {
    std::size_t at = heap_.size();
    heap_.push_back({when, h});
    while (at != 0) {
      const std::size_t parent = (at - 1) / 4;
      if (!(when < heap_[parent].when)) break;
      heap_[at] = heap_[parent];
      at = parent;
    }
    heap_[at] = {when, h};
  }

  auto yield() {
    struct awaiter : step {
      explicit awaiter(loop& l) : where(l) {}
      static bool await_ready() noexcept { return false; }
      void await_suspend(std::coroutine_handle<> h) noexcept {
        handle = h;
        where.post(*this);
      }
      static void await_resume() noexcept {}
      loop& where;
    };
    return awaiter(*this);
  }

  auto sleep_until(clock::time_point when) {
    struct awaiter {
      static bool await_ready() noexcept { return false; }
      void await_suspend(std::coroutine_handle<> h) { where.add_timer(until, h); }
      static void await_resume() noexcept {}
      loop& where;
      clock::time_point until;
    };
    return awaiter{*this, when};
  }

 private:
  struct timer {
    clock::time_point when;
    std::coroutine_handle<> handle;
  };

  std::coroutine_handle<> pop() {
    const std::coroutine_handle<> earliest = heap_.front().handle;
    const timer last = heap_.back();
    heap_.pop_back();
    const std::size_t size = heap_.size();
    std::size_t at = 0;
    for (std::size_t child = 1; child < size; child = at * 4 + 1) {
      const std::size_t end = std::min(child + 4, size);
      std::size_t least = child;
      for (std::size_t other = child + 1; other < end; ++other) {
        if (heap_[other].when < heap_[least].when) least = other;
      }
      if (!(heap_[least].when < last.when)) break;
      heap_[at] = heap_[least];
      at = least;
    }
    if (size != 0) heap_[at] = last;
    return earliest;
  }

  step* first_ = nullptr;
  step* last_ = nullptr;
  std::vector<timer> heap_;
};

}  // namespace limit
