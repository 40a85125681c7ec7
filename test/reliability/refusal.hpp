// SPDX-License-Identifier: MIT
#pragma once

// Refusals by the system, made by standing in front of a function of the C library: what a process
// at its limits sees of it.

#include <dlfcn.h>

#include <atomic>

namespace reliability {

/// More calls than are made.
inline constexpr int all = 1 << 30;

/// How many calls of a function are let through before the rest is refused.
using calls_left = std::atomic<int>;

inline bool refused(calls_left& left) { return left.fetch_sub(1) <= 0; }

/// The C library's own function, which a program's function of the same name hides.
template <class Function>
Function* original(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// For its lifetime so many calls are let through.
class limit {
 public:
  limit(calls_left& what, int lets_through) : what_(what) { what_ = lets_through; }
  ~limit() { what_ = all; }
  limit(const limit&) = delete;
  limit& operator=(const limit&) = delete;

 private:
  calls_left& what_;
};

}  // namespace reliability
