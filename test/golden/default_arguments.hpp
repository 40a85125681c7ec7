// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace golden {

inline int counter = 0;
inline int next() { return ++counter; }

class Client {
 public:
  static constexpr int limit = 10;
  enum class mode { slow, quick };

  [[smartasync]] int get(int count = limit, mode how = mode::quick) const {
    return how == mode::quick ? count : -count;
  }
  [[smartasync]] int hidden(int count = secret()) const { return count; }

 private:
  static int secret() { return 77; }
};

[[smartasync]] inline int numbered(int first = next(), int second = next()) {
  return 100 * first + second;
}
[[smartasync]] inline std::size_t listed(const std::vector<int>& of = {1, 2, 3}) {
  return of.size();
}
[[smartasync]] inline std::string text(std::string of = std::string("default"), char end = '.') {
  return of + end;
}

// The default must be the author's function, not the stub of that name.
[[smartasync]] inline int base() { return 5; }
[[smartasync]] inline int above(int from = base()) { return from + 1; }

}  // namespace golden
