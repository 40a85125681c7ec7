// SPDX-License-Identifier: MIT
#pragma once

#include <benchmark/benchmark.h>
#include <sched.h>

#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string>

namespace bench {

/// Makes the compiler believe that the value was read and changed here.
inline void keep(int& value) { __asm__ volatile("" : "+r"(value)); }

/// Ends the program when a sum is not what the work gives: what was not done was not measured.
inline void expect(long long sum, long long wanted) {
  if (sum == wanted) return;
  std::fprintf(stderr, "the sum is %lld, not %lld\n", sum, wanted);
  std::abort();
}

/// How many processors this program may use.
inline int processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

/// Calls `work()`, which does `batch` operations, again and again; the time is that of one
/// operation.
template <class Work>
void per_operation(benchmark::State& state, int batch, Work work) {
  while (state.KeepRunningBatch(batch)) work();
}

/// One row of the table: how a system does in a scenario.
struct contender {
  const char* system;
  void (*run)(benchmark::State&);
};

/// Registers `scenario/system` for each, on the wall clock.
struct scenario {
  scenario(const std::string& name, std::initializer_list<contender> contenders) {
    for (const contender& each : contenders) {
      benchmark::RegisterBenchmark((name + "/" + each.system).c_str(), each.run)->UseRealTime();
    }
  }
};

/// Where the kernel puts two threads decides: such a scenario is another one on one processor.
inline std::string by_processors(const std::string& name) {
  return processors() == 1 ? name + "_one_cpu" : name;
}

}  // namespace bench
