// SPDX-License-Identifier: MIT
// An await in a coroutine: through the stub, of the function itself, beside the least task; in a
// row, and a thousand deep.
#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>

#include "asio_run.hpp"
#include "calls.smart.hpp"
#include "limit_task.hpp"
#include "measure.hpp"
#include "smartasync/run.hpp"

namespace {

constexpr int batch = 1000;

/// `run()` does `batch` awaits and counts them.
template <class Run>
void measure(benchmark::State& state, Run run) {
  bench::per_operation(state, batch, [&] { bench::expect(run(), batch); });
}

/// Each await needs the value of the one before.
#define AWAITS_IN_A_ROW(type, name, awaited) \
  type name() {                              \
    int value = 0;                           \
    for (int i = 0; i != batch; ++i) {       \
      value = co_await awaited(value);       \
      bench::keep(value);                    \
    }                                        \
    co_return value;                         \
  }

smartasync::task<int> inlined(int a) { co_return a + 1; }

[[gnu::noinline]] limit::task limit_ready(int a) { co_return a + 1; }
limit::task limit_inlined(int a) { co_return a + 1; }
[[gnu::noinline]] limit::task limit_nested(int depth) {
  if (depth == 0) co_return 0;
  co_return 1 + co_await limit_nested(depth - 1);
}

[[gnu::noinline]] asio::awaitable<int> asio_ready(int a) { co_return a + 1; }
[[gnu::noinline]] asio::awaitable<int> asio_nested(int depth) {
  if (depth == 0) co_return 0;
  co_return 1 + co_await asio_nested(depth - 1);
}

AWAITS_IN_A_ROW(smartasync::task<int>, stub_awaits, bench::smart::ready)
AWAITS_IN_A_ROW(smartasync::task<int>, raw_awaits, bench::ready)
AWAITS_IN_A_ROW(smartasync::task<int>, inlined_awaits, inlined)
AWAITS_IN_A_ROW(limit::task, limit_awaits, limit_ready)
AWAITS_IN_A_ROW(limit::task, limit_inlined_awaits, limit_inlined)
AWAITS_IN_A_ROW(asio::awaitable<int>, asio_awaits, asio_ready)

int limit_run(const limit::task& t) {
  t.handle().resume();
  return t.handle().promise().value;
}

template <auto Make>
void ours(benchmark::State& state) {
  measure(state, [] { return smartasync::run(Make()); });
}
template <auto Make>
void limit_task(benchmark::State& state) {
  measure(state, [] { return limit_run(Make()); });
}
template <auto Make>
void asio_awaitable(benchmark::State& state) {
  asio::io_context loop(1);
  measure(state, [&] { return bench::asio_run(loop, Make()); });
}

template <class T, auto F>
T deep() {
  return F(batch);
}

const bench::scenario through_the_stub("async_to_async", {
                                                             {"smartasync", &ours<stub_awaits>},
                                                             {"baseline", &ours<raw_awaits>},
                                                         });
const bench::scenario raw("async_to_async_raw", {
                                                    {"smartasync", &ours<raw_awaits>},
                                                    {"baseline", &limit_task<limit_awaits>},
                                                    {"asio", &asio_awaitable<asio_awaits>},
                                                });
const bench::scenario inlined_leaf("async_to_async_inlined",
                                   {
                                       {"smartasync", &ours<inlined_awaits>},
                                       {"baseline", &limit_task<limit_inlined_awaits>},
                                   });
const bench::scenario depth(
    "depth_1000", {
                      {"smartasync", &ours<deep<smartasync::task<int>, bench::nested_raw>>},
                      {"smartasync_stub", &ours<deep<smartasync::task<int>, bench::nested>>},
                      {"baseline", &limit_task<deep<limit::task, limit_nested>>},
                      {"asio", &asio_awaitable<deep<asio::awaitable<int>, asio_nested>>},
                  });

}  // namespace
