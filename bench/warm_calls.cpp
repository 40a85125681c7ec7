// SPDX-License-Identifier: MIT
// Makes as many calls of every kind as it is told, from a plain thread; bench/system_calls counts
// what the kernel sees of it.
#include <cstdio>
#include <cstdlib>

#include "calls.smart.hpp"

int main(int argc, char** argv) {
  const long calls = argc == 2 ? std::atol(argv[1]) : 1000;
  long sum = 0;
  for (long i = 0; i != calls; ++i) {
    const int one = bench::smart::plain(0);
    const int two = bench::smart::ready(one);
    const int three = bench::smart::one_yield(two);
    sum += three;
  }
  std::printf("%s\n", sum == 3 * calls ? "right" : "wrong");
  return sum == 3 * calls ? 0 : 1;
}
