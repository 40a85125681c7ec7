// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <memory>
#include <string>

namespace golden {

class Session : public std::enable_shared_from_this<Session> {
 public:
  explicit Session(int id) : id_(id) {}
  ~Session() { id_ = -1; }
  [[smartasync]] smartasync::task<int> read() { co_return id_; }
  [[smartasync]] int id() const { return id_; }

 private:
  int id_;
};

template <class T>
class Typed : public std::enable_shared_from_this<Typed<T>> {
 public:
  [[smartasync]] T value() const { return value_; }

 private:
  T value_ = T(4);
};

}  // namespace golden
