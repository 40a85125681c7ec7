// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/sleep.hpp>
#include <smartasync/task.hpp>

#include <atomic>
#include <chrono>
#include <thread>

namespace golden {

using thread_id = std::thread::id;

[[smartasync(executor = "db")]] inline thread_id on_db() { return std::this_thread::get_id(); }
[[smartasync(executor = "inline")]] inline thread_id here() { return std::this_thread::get_id(); }
[[smartasync(executor = "serial")]] inline thread_id alone() { return std::this_thread::get_id(); }
[[smartasync(loop = "net")]] inline smartasync::task<thread_id> on_net() {
  co_await smartasync::sleep_for(std::chrono::milliseconds(1));
  co_return std::this_thread::get_id();
}

/// Its result could be awaited, and is not.
[[smartasync(kind = sync)]] inline smartasync::task<int> made() { co_return 5; }

class Lane {
 public:
  /// Tells how many calls were running at once.
  [[smartasync(serial)]] smartasync::task<int> enter() {
    const int now = ++inside_;
    co_await smartasync::sleep_for(std::chrono::milliseconds(1));
    --inside_;
    co_return now;
  }
  [[smartasync(serial, executor = "db")]] int enter_blocking() {
    const int now = ++inside_;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    --inside_;
    return now;
  }
  [[smartasync(serial)]] int leave() && { return -1; }

 private:
  std::atomic<int> inside_ = 0;
};

}  // namespace golden
