// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

class Shape {
 public:
  virtual ~Shape() = default;
  [[smartasync]] virtual std::string name() const { return "shape"; }
  [[smartasync]] virtual smartasync::task<int> corners() const = 0;
};

class Square : public Shape {
 public:
  std::string name() const override { return "square"; }
  smartasync::task<int> corners() const override { co_return 4; }
};

}  // namespace golden
