// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

[[smartasync(name = "fetch")]] inline int load(int a) { return a; }

// Words that the generated text uses itself.
[[smartasync]] inline int site(int kind, int result) { return kind + result; }
[[smartasync]] inline smartasync::task<int> invoke(int arguments) { co_return arguments; }
[[smartasync]] inline int object(int std, int smartasync) { return std - smartasync; }
[[smartasync]] inline int sync(int async) { return async; }
[[smartasync]] inline int unnamed(int, const std::string&, int named) { return named; }

class Client {
 public:
  [[smartasync]] int get(int self, int object_, int add) { return self + object_ + add; }
  [[smartasync(name = "renamed")]] int original() const { return 3; }
};

// The word of a method and its class.
[[smartasync]] inline int Client_get() { return 4; }

}  // namespace golden
