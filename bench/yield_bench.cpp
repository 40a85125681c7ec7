// SPDX-License-Identifier: MIT
// A turn of the loop, one step of it: one coroutine that yields again and again, and a thousand.
#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include "limit_loop.hpp"
#include "measure.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"

namespace {

constexpr int steps = 100'000;

/// `run(coroutines, times)` has each yield so often, and returns how many yields that were.
template <int Coroutines, class Run>
void measure(benchmark::State& state, Run run) {
  constexpr int times = steps / Coroutines;
  bench::per_operation(state, steps, [&] { bench::expect(run(Coroutines, times), steps); });
}

smartasync::task<void> yields(int times, long long& sum) {
  for (int i = 0; i != times; ++i) co_await smartasync::yield();
  sum += times;
}

smartasync::task<void> spawn_yields(int coroutines, int times, long long& sum) {
  for (int i = 1; i != coroutines; ++i) smartasync::spawn(yields(times, sum));
  // The spawned ones begin a turn later, and end as much later.
  co_await yields(times, sum);
  co_await smartasync::yield();
  co_await smartasync::yield();
}

template <int Coroutines>
void ours(benchmark::State& state) {
  measure<Coroutines>(state, [](int coroutines, int times) {
    long long sum = 0;
    smartasync::run(spawn_yields(coroutines, times, sum));
    return sum;
  });
}

limit::detached limit_yields(limit::loop& loop, int times, long long& sum) {
  for (int i = 0; i != times; ++i) {
    auto turn = loop.yield();
    co_await turn;
  }
  sum += times;
}

template <int Coroutines>
void limit_loop(benchmark::State& state) {
  limit::loop loop;
  measure<Coroutines>(state, [&](int coroutines, int times) {
    long long sum = 0;
    for (int i = 0; i != coroutines; ++i) limit_yields(loop, times, sum);
    loop.run();
    return sum;
  });
}

asio::awaitable<void> asio_yields(int times, long long& sum) {
  const auto loop = co_await asio::this_coro::executor;
  for (int i = 0; i != times; ++i) co_await asio::post(loop, asio::use_awaitable);
  sum += times;
}

template <int Coroutines>
void asio_loop(benchmark::State& state) {
  asio::io_context loop(1);
  measure<Coroutines>(state, [&](int coroutines, int times) {
    long long sum = 0;
    for (int i = 0; i != coroutines; ++i) {
      asio::co_spawn(loop, asio_yields(times, sum), asio::detached);
    }
    loop.restart();
    loop.run();
    return sum;
  });
}

const bench::scenario one("yield_1", {{"smartasync", &ours<1>},
                                      {"baseline", &limit_loop<1>},
                                      {"asio", &asio_loop<1>}});
const bench::scenario thousand("yield_1000", {{"smartasync", &ours<1000>},
                                              {"baseline", &limit_loop<1000>},
                                              {"asio", &asio_loop<1000>}});

}  // namespace
