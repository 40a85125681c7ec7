// SPDX-License-Identifier: MIT
#pragma once

[[smartasync]] inline int golden_add(int left, int right) { return left + right; }

struct golden_counter {
  [[smartasync]] int next() { return ++last; }
  int last = 0;
};

extern "C" {
[[smartasync]] int golden_c_abs(int number);
}
inline int golden_c_abs(int number) { return number < 0 ? -number : number; }

extern "C" [[smartasync]] inline double golden_c_half(double number) { return number / 2; }
