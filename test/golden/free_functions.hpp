// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/sleep.hpp>
#include <smartasync/task.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

namespace golden {

/// Adds on a loop.
[[smartasync]] inline smartasync::task<int> add(int a, int b) {
  co_await smartasync::sleep_for(std::chrono::milliseconds(1));
  co_return a + b;
}

/// Tells on which thread it ran.
[[smartasync]] inline std::thread::id blocking_thread() { return std::this_thread::get_id(); }

[[smartasync]] inline void count(int& calls) { ++calls; }

[[smartasync]] inline smartasync::task<void> fail(std::string why) {
  co_await smartasync::sleep_for(std::chrono::milliseconds(1));
  throw std::runtime_error(why);
}

int without_entries();

}  // namespace golden
