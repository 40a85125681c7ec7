// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>
#include <utility>
#include <variant>

namespace golden {

// As std::expected of a later standard.
template <class T, class E>
class expected {
 public:
  expected(T value) : content_(std::move(value)) {}  // NOLINT: it is to convert
  static expected failure(E error) { return expected(std::move(error), 0); }

  explicit operator bool() const { return content_.index() == 0; }
  const T& operator*() const { return std::get<0>(content_); }
  const E& error() const { return std::get<1>(content_); }

 private:
  expected(E error, int) : content_(std::in_place_index<1>, std::move(error)) {}
  std::variant<T, E> content_;
};

enum class fault { none, missing };

[[smartasync]] inline expected<std::string, fault> find(int key) {
  if (key == 0) return expected<std::string, fault>::failure(fault::missing);
  return std::to_string(key);
}
[[smartasync]] inline smartasync::task<expected<int, std::string>> parse(std::string text) {
  if (text.empty()) co_return expected<int, std::string>::failure("nothing");
  co_return std::stoi(text);
}
template <class T>
[[smartasync]] expected<T, fault> wrapped(T value) {
  return expected<T, fault>(value);
}

}  // namespace golden
