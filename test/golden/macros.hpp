// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#define GOLDEN_API
#define GOLDEN_ASYNC [[smartasync]]
#define GOLDEN_ON(name) [[smartasync(executor = name)]]
#define GOLDEN_NOEXCEPT noexcept
#define GOLDEN_GETTER(type, name) \
  type name() const { return name##_; }
#define GOLDEN_DECLARE(name) [[smartasync]] inline int name(int value = 2) { return value; }
#define GOLDEN_BEGIN namespace golden {
#define GOLDEN_END }

GOLDEN_BEGIN

GOLDEN_API GOLDEN_ASYNC inline int plain(int value) GOLDEN_NOEXCEPT { return value; }
GOLDEN_ON("golden") inline int elsewhere() { return 3; }
GOLDEN_DECLARE(declared)

class Client {
 public:
  [[smartasync]] GOLDEN_GETTER(std::string, name)

 private:
  std::string name_ = "client";
};

GOLDEN_END
