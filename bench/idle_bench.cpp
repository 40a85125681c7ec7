// SPDX-License-Identifier: MIT
// A loop that sleeps beside a pool with nothing to do, for a fifth of a second. The "time" is what
// the process used of the processors meanwhile; the baseline is a thread that sleeps.
#include <sys/resource.h>

#include <chrono>
#include <thread>

#include "calls.smart.hpp"
#include "measure.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"

namespace {

using namespace std::chrono_literals;

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

smartasync::task<void> use_the_pool_once() { static_cast<void>(co_await bench::smart::plain(1)); }

void loop_and_pool(benchmark::State& state) {
  smartasync::run(use_the_pool_once());
  for (auto _ : state) {
    const double before = processor_seconds();
    smartasync::run(smartasync::sleep_for(200ms));
    state.SetIterationTime(processor_seconds() - before + 1e-9);
  }
}

void sleeping_thread(benchmark::State& state) {
  for (auto _ : state) {
    const double before = processor_seconds();
    std::this_thread::sleep_for(200ms);
    state.SetIterationTime(processor_seconds() - before + 1e-9);
  }
}

[[maybe_unused]] const bool added = [] {
  benchmark::RegisterBenchmark("idle/smartasync", &loop_and_pool)->UseManualTime()->Iterations(1);
  benchmark::RegisterBenchmark("idle/baseline", &sleeping_thread)->UseManualTime()->Iterations(1);
  return true;
}();

}  // namespace
