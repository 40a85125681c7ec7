// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

class Money {
 public:
  explicit Money(int cents) : cents_(cents) {}
  [[smartasync]] Money operator+(const Money& other) const { return Money(cents_ + other.cents_); }
  [[smartasync]] bool operator<(const Money& other) const { return cents_ < other.cents_; }
  [[smartasync]] int operator[](int part) const { return cents_ / part; }
  [[smartasync]] Money& operator+=(int cents) {
    cents_ += cents;
    return *this;
  }
  [[smartasync]] smartasync::task<int> operator!() const { co_return -cents_; }
  int cents() const { return cents_; }

 private:
  int cents_;
};

[[smartasync]] inline Money operator-(const Money& left, const Money& right) {
  return Money(left.cents() - right.cents());
}

[[smartasync]] inline unsigned long long operator""_dollars(unsigned long long count) {
  return 100 * count;
}

// A name of its own gives an operator all three entries.
[[smartasync(name = "times")]] inline Money operator*(const Money& left, int factor) {
  return Money(left.cents() * factor);
}

}  // namespace golden
