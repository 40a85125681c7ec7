// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <memory>
#include <string>
#include <utility>

namespace golden {

class Session {
 public:
  static Session open(std::string name) { return Session(std::move(name)); }
  static std::unique_ptr<Session> make(std::string name) {
    return std::unique_ptr<Session>(new Session(std::move(name)));
  }
  Session(Session&&) = default;
  Session& operator=(Session&&) = default;

  [[smartasync]] std::string name() const { return name_; }
  [[smartasync]] static smartasync::task<Session> connect(std::string name) {
    co_return Session(std::move(name));
  }

 private:
  explicit Session(std::string name) : name_(std::move(name)) {}
  std::string name_;
};

}  // namespace golden
