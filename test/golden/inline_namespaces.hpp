// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {
inline namespace v2 {

class Client {
 public:
  [[smartasync]] std::string version() const { return "v2"; }
};

[[smartasync]] inline smartasync::task<Client> connect() { co_return Client(); }

}  // namespace v2

namespace v1 {
[[smartasync]] inline int old() { return 1; }
}  // namespace v1
}  // namespace golden
