// SPDX-License-Identifier: MIT
// A synchronous call of a coroutine: one that finishes at once, and one that suspends once on the
// loop.
#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

#include "asio_run.hpp"
#include "calls.smart.hpp"
#include "calls_in_a_row.hpp"
#include "limit_loop.hpp"
#include "limit_task.hpp"
#include "measure.hpp"
#include "smartasync/run.hpp"

namespace {

constexpr int batch = 100;

void stub_ready(benchmark::State& state) {
  bench::calls_in_a_row<batch>(state, [](int a) -> int { return bench::smart::ready(a); });
}
void stub_yield(benchmark::State& state) {
  bench::calls_in_a_row<batch>(state, [](int a) -> int { return bench::smart::one_yield(a); });
}

void raw_ready(benchmark::State& state) {
  bench::calls_in_a_row<batch>(state, [](int a) { return smartasync::run(bench::ready(a)); });
}
void raw_yield(benchmark::State& state) {
  bench::calls_in_a_row<batch>(state, [](int a) { return smartasync::run(bench::one_yield(a)); });
}

[[gnu::noinline]] limit::task limit_ready(int a) { co_return a + 1; }

[[gnu::noinline]] limit::task limit_one_yield(limit::loop& loop, int a) {
  auto turn = loop.yield();
  co_await turn;
  co_return a + 1;
}

void limit_run_ready(benchmark::State& state) {
  bench::calls_in_a_row<batch>(state, [](int a) {
    const limit::task t = limit_ready(a);
    t.handle().resume();
    return t.handle().promise().value;
  });
}
void limit_run_yield(benchmark::State& state) {
  limit::loop loop;
  bench::calls_in_a_row<batch>(state, [&](int a) {
    const limit::task t = limit_one_yield(loop, a);
    t.handle().resume();
    if (!t.handle().done()) loop.run();
    return t.handle().promise().value;
  });
}

[[gnu::noinline]] asio::awaitable<int> asio_ready(int a) { co_return a + 1; }

[[gnu::noinline]] asio::awaitable<int> asio_one_yield(asio::io_context& loop, int a) {
  co_await asio::post(loop, asio::use_awaitable);
  co_return a + 1;
}

void asio_run_ready(benchmark::State& state) {
  asio::io_context loop(1);
  bench::calls_in_a_row<batch>(state, [&](int a) { return bench::asio_run(loop, asio_ready(a)); });
}
void asio_run_yield(benchmark::State& state) {
  asio::io_context loop(1);
  bench::calls_in_a_row<batch>(
      state, [&](int a) { return bench::asio_run(loop, asio_one_yield(loop, a)); });
}

const bench::scenario ready("sync_to_async_ready", {
                                                       {"smartasync", &stub_ready},
                                                       {"smartasync_raw", &raw_ready},
                                                       {"baseline", &limit_run_ready},
                                                       {"asio", &asio_run_ready},
                                                   });
const bench::scenario one_yield("sync_to_async_yield", {
                                                           {"smartasync", &stub_yield},
                                                           {"smartasync_raw", &raw_yield},
                                                           {"baseline", &limit_run_yield},
                                                           {"asio", &asio_run_yield},
                                                       });

}  // namespace
