// SPDX-License-Identifier: MIT
// What an await costs: a child that is ready at once, and a chain of them.
#include "smartasync/task.hpp"

#include <benchmark/benchmark.h>

#include "limit_task.hpp"
#include "smartasync/run.hpp"

namespace {

constexpr int batch = 1000;

[[gnu::noinline]] limit::task limit_leaf(int a) { co_return a + 1; }

limit::task limit_awaits() {
  int value = 0;
  for (int i = 0; i != batch; ++i) value = co_await limit_leaf(value);
  co_return value;
}

[[gnu::noinline]] limit::task limit_nested(int depth) {
  if (depth == 0) co_return 0;
  co_return 1 + co_await limit_nested(depth - 1);
}

[[gnu::noinline]] smartasync::task<int> leaf(int a) { co_return a + 1; }

smartasync::task<int> awaits() {
  int value = 0;
  for (int i = 0; i != batch; ++i) value = co_await leaf(value);
  co_return value;
}

[[gnu::noinline]] smartasync::task<int> nested(int depth) {
  if (depth == 0) co_return 0;
  co_return 1 + co_await nested(depth - 1);
}

void limit_await(benchmark::State& state) {
  for (auto _ : state) {
    limit::task t = limit_awaits();
    t.handle().resume();
    benchmark::DoNotOptimize(t.handle().promise().value);
  }
  state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(limit_await);

void await_ready_child(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(smartasync::run(awaits()));
  state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(await_ready_child);

void limit_depth(benchmark::State& state) {
  const auto depth = static_cast<int>(state.range(0));
  for (auto _ : state) {
    limit::task t = limit_nested(depth);
    t.handle().resume();
    benchmark::DoNotOptimize(t.handle().promise().value);
  }
  state.SetItemsProcessed(state.iterations() * depth);
}
BENCHMARK(limit_depth)->Arg(100)->Arg(1000);

void await_depth(benchmark::State& state) {
  const auto depth = static_cast<int>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(smartasync::run(nested(depth)));
  state.SetItemsProcessed(state.iterations() * depth);
}
BENCHMARK(await_depth)->Arg(100)->Arg(1000);

}  // namespace
