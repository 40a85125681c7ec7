// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

namespace golden {

class Shape {
 public:
  virtual ~Shape() = default;
  virtual int corners() const { return 0; }
};

class Square : public Shape {
 public:
  int corners() const override { return 4; }
};

class Later;  // defined by who uses it

[[smartasync]] inline void raise(int& number, int* other) {
  ++number;
  ++*other;
}
[[smartasync]] inline int count(const Shape& shape) { return shape.corners(); }
[[smartasync]] inline const void* seen(const Later& later) { return &later; }
[[smartasync]] inline int peek(const std::unique_ptr<int>& number) { return *number; }
[[smartasync]] inline std::string letters(const char* text) { return text; }
[[smartasync]] inline smartasync::task<void> fill(std::span<int> numbers, int with) {
  for (int& each : numbers) each = with;
  co_return;
}
[[smartasync(borrow = "text")]] inline const void* place(std::string_view text,
                                                         const std::string& copy) {
  return copy.empty() ? nullptr : text.data();
}
[[smartasync(borrow)]] inline bool same(const std::string& text, const void* address) {
  return &text == address;
}
[[smartasync]] inline const std::string& chosen(const std::string& a, const std::string& b) {
  return a.size() < b.size() ? a : b;
}

// A move would slice it.
[[smartasync]] inline int taken(Shape&& shape) { return shape.corners(); }
// A function lives on; bytes are no text, and a mutex is no view, though it holds pointers.
[[smartasync]] inline int applied(int (&function)(int), int to) { return function(to); }
[[smartasync]] inline int first_of(const unsigned char* bytes) { return bytes[0]; }
[[smartasync]] inline bool locked(std::mutex& mutex) {
  const std::lock_guard held(mutex);
  return true;
}

}  // namespace golden
