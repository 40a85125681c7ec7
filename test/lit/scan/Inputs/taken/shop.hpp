// SPDX-License-Identifier: MIT
#pragma once

namespace shop {
int add(int a);
class Client {
  int id;
};
namespace inner {
[[smartasync]] int add(int by);
class Client {
 public:
  [[smartasync]] int get() const;
};
}  // namespace inner
}  // namespace shop

namespace hand {
namespace smart {
int close(const char* name);
}
[[smartasync]] int close(const char* path);
}  // namespace hand

namespace closed {
int smart();
[[smartasync]] int open();
[[smartasync]] int open(int door);
}  // namespace closed
