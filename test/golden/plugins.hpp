// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace golden {

/// Where texts are kept.
class Store {
 public:
  explicit Store(std::string name) : name_(std::move(name)) {}
  virtual ~Store() = default;

  [[smartasync]] virtual smartasync::task<std::string> load(std::string_view key) = 0;
  [[smartasync]] virtual smartasync::task<void> save(std::string key, const std::string& text) = 0;
  [[smartasync]] virtual smartasync::task<std::string&> edit() { co_return name_; }
  [[smartasync]] const std::string& name() const { return name_; }

 protected:
  std::string name_;
};

/// A plug-in that does not block.
class Memory : public Store {
 public:
  using Store::Store;
  smartasync::task<std::string> load(std::string_view key) override {
    co_return std::string(key) + "=" + text_;
  }
  smartasync::task<void> save(std::string, const std::string& text) override {
    text_ = text;
    co_return;
  }

 private:
  std::string text_;
};

}  // namespace golden
