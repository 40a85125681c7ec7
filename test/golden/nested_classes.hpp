// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

class Bank {
 public:
  class Account {
   public:
    explicit Account(int balance) : balance_(balance) {}
    [[smartasync]] int balance() const { return balance_; }

    struct Entry {
      int amount = 0;
      [[smartasync]] smartasync::task<int> twice() const { co_return 2 * amount; }
    };

   private:
    int balance_;
  };

  [[smartasync]] Account open(int balance) { return Account(balance); }
};

// Nothing of its own, but a place for what is inside.
struct Outer {
  struct Inner {
    [[smartasync]] int id() const { return 3; }
  };
};

// No facade, and so none for what is inside.
class Closed final {
 public:
  struct Part {
    [[smartasync]] int id() const { return 4; }
  };
};

}  // namespace golden
