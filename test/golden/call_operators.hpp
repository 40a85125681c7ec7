// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

class Greeter {
 public:
  explicit Greeter(std::string greeting) : greeting_(std::move(greeting)) {}
  [[smartasync]] std::string operator()(const std::string& name) const { return greeting_ + name; }
  [[smartasync]] smartasync::task<int> operator()(int number) { co_return number + 1; }

 private:
  std::string greeting_;
};

}  // namespace golden
