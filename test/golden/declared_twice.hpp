// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

int add(int left, int right);
[[smartasync]] int add(int left, int right);
int add(int left, int right);
inline int add(int left, int right) { return left + right; }

class Client;
[[smartasync]] smartasync::task<int> ask(const Client& client);

class Client {
 public:
  [[smartasync]] int id() const;
  // A friend that is declared outside of the class as well.
  friend smartasync::task<int> ask(const Client& client);
  // One that is defined here, and declared outside below.
  [[smartasync]] friend int twin(const Client& client) { return 2 * client.id_; }

 private:
  int id_ = 8;
};

int twin(const Client& client);

inline int Client::id() const { return id_; }
inline smartasync::task<int> ask(const Client& client) { co_return client.id_; }

template <class T>
[[smartasync]] T twice(T value);
template <class T>
T twice(T value) {
  return value + value;
}

}  // namespace golden
