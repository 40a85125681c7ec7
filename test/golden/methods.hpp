// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>
#include <utility>

namespace golden {

class Stack {
 public:
  Stack() = default;
  explicit Stack(std::string text) : text_(std::move(text)) {}

  [[smartasync]] void push(char letter) { text_ += letter; }
  [[smartasync]] std::string text() const noexcept { return text_; }
  [[smartasync]] smartasync::task<std::size_t> size() const { co_return text_.size(); }
  [[smartasync]] std::string& edit() & { return text_; }
  [[smartasync]] std::string take() && { return std::move(text_); }
  [[smartasync]] smartasync::task<std::string> drain() && noexcept {
    co_return std::exchange(text_, "");
  }
  [[smartasync]] static Stack of(std::string text) { return Stack(std::move(text)); }
  [[smartasync]] [[nodiscard]] static smartasync::task<int> limit() { co_return 42; }

 private:
  std::string text_;
};

}  // namespace golden
