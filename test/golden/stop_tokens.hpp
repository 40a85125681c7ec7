// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <stop_token>
#include <string>

namespace golden {

[[smartasync]] inline int work(int amount, std::stop_token stop) {
  return stop.stop_requested() ? -1 : amount;
}
[[smartasync]] inline smartasync::task<bool> can_stop(std::stop_token stop = {}) {
  co_return stop.stop_possible();
}

// Works until it is told to stop.
class Worker {
 public:
  [[smartasync]] int run(std::stop_token stop) const {
    while (!stop.stop_requested()) {
    }
    return 9;
  }
  template <class T>
  [[smartasync]] T pass(T value, std::stop_token stop) const {
    return stop.stop_requested() ? T{} : value;
  }
};

}  // namespace golden
