// SPDX-License-Identifier: MIT
#pragma once

// An object that sees how many calls its serial lane lets in, and serial functions of it.

#include <atomic>
#include <thread>

#include "call_functions.hpp"
#include "smartasync/sleep.hpp"

namespace call_test {

/// Counts how many calls are inside at one time.
struct gauge {
  std::atomic<int> inside{0};
  std::atomic<int> most{0};
  std::atomic<int> calls{0};

  void enter() {
    const int now = ++inside;
    int seen = most.load();
    while (seen < now && !most.compare_exchange_weak(seen, now)) {
    }
    ++calls;
  }
  void leave() { --inside; }
};

struct visit : async_function<void> {
  static constexpr smartasync::site site{.function = "call_test::visit", .serial = true};
  using object = gauge;
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static smartasync::task<void> invoke(gauge& self) {
    self.enter();
    co_await smartasync::sleep_for(1ms);
    self.leave();
  }
};

struct blocking_visit : sync_function<void> {
  static constexpr smartasync::site site{.function = "call_test::blocking_visit", .serial = true};
  using object = gauge;
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static void invoke(gauge& self) {
    self.enter();
    std::this_thread::yield();
    self.leave();
  }
};

}  // namespace call_test
