// SPDX-License-Identifier: MIT
// What a synchronous caller pays for a coroutine that is ready at once.
#include "smartasync/run.hpp"

#include <benchmark/benchmark.h>

#include "limit_task.hpp"
#include "smartasync/sleep.hpp"

namespace {

[[gnu::noinline]] int plain(int a) { return a + 1; }

[[gnu::noinline]] limit::task limit_ready(int a) { co_return a + 1; }

[[gnu::noinline]] smartasync::task<int> ready(int a) { co_return a + 1; }

[[gnu::noinline]] smartasync::task<int> one_yield(int a) {
  co_await smartasync::yield();
  co_return a + 1;
}

void limit_plain_call(benchmark::State& state) {
  int value = 0;
  for (auto _ : state) benchmark::DoNotOptimize(value = plain(value));
}
BENCHMARK(limit_plain_call);

void limit_run_ready(benchmark::State& state) {
  int value = 0;
  for (auto _ : state) {
    limit::task t = limit_ready(value);
    t.handle().resume();
    benchmark::DoNotOptimize(value = t.handle().promise().value);
  }
}
BENCHMARK(limit_run_ready);

void run_ready(benchmark::State& state) {
  int value = 0;
  for (auto _ : state) benchmark::DoNotOptimize(value = smartasync::run(ready(value)));
}
BENCHMARK(run_ready);

void run_callable(benchmark::State& state) {
  int value = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(value = smartasync::run([&] { return ready(value); }));
  }
}
BENCHMARK(run_callable);

void run_one_yield(benchmark::State& state) {
  int value = 0;
  for (auto _ : state) benchmark::DoNotOptimize(value = smartasync::run(one_yield(value)));
}
BENCHMARK(run_one_yield);

}  // namespace
