// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

namespace golden {

using comparison = bool (*)(int, int);
typedef int table[3];

struct pixel {
  int red = 1;
  int sum(int more) const { return red + more; }
};

[[smartasync]] inline int total(const int (&values)[3]) { return values[0] + values[1] + values[2]; }
[[smartasync]] inline void fill(int (&values)[3], int with) {
  for (int& each : values) each = with;
}
[[smartasync]] inline int last(const table& values) { return values[2]; }
[[smartasync]] inline std::string joined(std::string (&&texts)[2]) {
  const std::string first = std::move(texts[0]);
  return first + texts[1];
}
// Results with parts behind the name.
[[smartasync]] inline table& same(table& values) { return values; }
[[smartasync]] inline int (&halves(int (&values)[2]))[2] { return values; }
[[smartasync]] inline int (*chosen(int (*function)(int)))(int) { return function; }
[[smartasync]] inline int decayed(int values[], int count) { return values[count - 1]; }
[[smartasync]] inline bool compare(comparison fits, int left, int right) { return fits(left, right); }
[[smartasync]] inline int call(int (*function)(int), int value) { return function(value); }
[[smartasync]] inline int call_by_reference(int (&function)(int), int value) {
  return function(value);
}
[[smartasync]] inline int member(int pixel::*which, const pixel& of) { return of.*which; }
[[smartasync]] inline int method(int (pixel::*which)(int) const, const pixel& of) {
  return (of.*which)(2);
}

}  // namespace golden
