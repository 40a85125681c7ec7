// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>
#include <thread>

namespace golden {

class Connection {
 public:
  [[smartasync(serial)]] int add(int amount) { return total_ += amount; }
  [[smartasync(serial)]] smartasync::task<int> total() const { co_return total_; }
  [[smartasync(loop = "golden")]] smartasync::task<std::thread::id> where() const {
    co_return std::this_thread::get_id();
  }

 private:
  int total_ = 0;
};

[[smartasync(executor = "inline")]] inline std::thread::id inline_thread() {
  return std::this_thread::get_id();
}
[[smartasync(executor = "serial")]] inline std::thread::id serial_thread() {
  return std::this_thread::get_id();
}

}  // namespace golden
