// SPDX-License-Identifier: MIT
#pragma once

namespace sound {
namespace smart {
int add(double a);
template <class T>
int add(T a);
int subtract(int a);
class Client;
}  // namespace smart
[[smartasync]] int add(int a);
class Client {
 public:
  [[smartasync]] int get() const;
};
}  // namespace sound
