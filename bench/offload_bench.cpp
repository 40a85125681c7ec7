// SPDX-License-Identifier: MIT
// A call on another thread that resumes its coroutine on the loop: one at a time, and many in
// flight. Run it on one processor and on all: the first ranks the software, on the others the
// kernel's idle states take part.
#include <oneapi/tbb/task_arena.h>

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "callback_chains.hpp"
#include "calls.smart.hpp"
#include "in_flight.hpp"
#include "limit_offload.hpp"
#include "smartasync/run.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/thread_pool.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/when_all.hpp"

namespace {

using bench::measure_in_flight;
using bench::plain;

// ---- ours ----

smartasync::task<int> stub_chain(int times) {
  int value = 0;
  for (int i = 0; i != times; ++i) value = co_await bench::smart::plain(value);
  co_return value;
}

smartasync::task<int> raw_chain(smartasync::executor& where, int times) {
  int value = 0;
  for (int i = 0; i != times; ++i) {
    auto call = smartasync::to_thread(where, [value] { return plain(value); });
    value = co_await std::move(call);
  }
  co_return value;
}

template <class MakeChain>
long long run_chains(int in_flight, MakeChain make_chain) {
  std::vector<smartasync::task<int>> chains;
  chains.reserve(static_cast<std::size_t>(in_flight));
  for (int i = 0; i != in_flight; ++i) chains.push_back(make_chain());
  long long sum = 0;
  for (const int value : smartasync::run(smartasync::when_all(std::move(chains)))) sum += value;
  return sum;
}

template <int InFlight>
void stub(benchmark::State& state) {
  measure_in_flight(state, InFlight, [](int in_flight, int times) {
    return run_chains(in_flight, [&] { return stub_chain(times); });
  });
}

void raw(benchmark::State& state, int in_flight, unsigned threads) {
  smartasync::thread_pool pool(
      "bench", {.max_threads = threads, .idle_timeout = std::chrono::milliseconds::max()});
  measure_in_flight(state, in_flight, [&](int n, int times) {
    return run_chains(n, [&] { return raw_chain(pool, times); });
  });
}

template <int InFlight>
void raw_default(benchmark::State& state) {
  raw(state, InFlight, smartasync::default_max_threads());
}

template <int Threads>
void raw_threads(benchmark::State& state) {
  raw(state, 1024, Threads);
}

// ---- the limits ----

void ping_pong(benchmark::State& state) {
  constexpr int batch = 200;
  limit::flag ping;
  limit::flag pong;
  int value = 0;
  std::thread other([&] {
    for (;;) {
      ping.wait();
      if (value < 0) return;
      value = plain(value);
      pong.raise();
    }
  });
  bench::per_operation(state, batch, [&] {
    value = 0;
    for (int i = 0; i != batch; ++i) {
      ping.raise();
      pong.wait();
    }
    bench::expect(value, batch);
  });
  value = -1;
  ping.raise();
  other.join();
}

limit::detached limit_chain(limit::offload_loop& loop, int times, long long& sum) {
  int value = 0;
  for (int i = 0; i != times; ++i) value = co_await loop.offload(value);
  sum += value;
}

template <int InFlight>
void limit_batched(benchmark::State& state) {
  limit::offload_loop loop(&plain);
  measure_in_flight(state, InFlight, [&](int in_flight, int times) {
    long long sum = 0;
    for (int i = 0; i != in_flight; ++i) limit_chain(loop, times, sum);
    loop.run();
    return sum;
  });
}

// ---- Asio ----

asio::awaitable<int> asio_call(asio::thread_pool& pool, int value) {
  auto initiate = [&pool](auto handler, int a) {
    asio::post(pool, [a, handler = std::move(handler)]() mutable {
      const int result = plain(a);
      const auto back = asio::get_associated_executor(handler);
      asio::post(back, [result, handler = std::move(handler)]() mutable { handler(result); });
    });
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void(int)>(initiate,
                                                                        asio::use_awaitable, value);
}

asio::awaitable<void> asio_chain(asio::thread_pool& pool, int times, long long& sum) {
  int value = 0;
  for (int i = 0; i != times; ++i) value = co_await asio_call(pool, value);
  sum += value;
}

void asio_coroutines(benchmark::State& state, int in_flight, std::size_t threads) {
  asio::io_context loop(1);
  asio::thread_pool pool(threads);
  measure_in_flight(state, in_flight, [&](int n, int times) {
    long long sum = 0;
    for (int i = 0; i != n; ++i) {
      asio::co_spawn(loop, asio_chain(pool, times, sum), asio::detached);
    }
    const auto work = asio::make_work_guard(loop);
    loop.restart();
    while (sum != static_cast<long long>(n) * times) loop.run_one();
    return sum;
  });
}

template <int InFlight>
void asio_default(benchmark::State& state) {
  asio_coroutines(state, InFlight, 1);
}

template <int Threads>
void asio_threads(benchmark::State& state) {
  asio_coroutines(state, 1024, Threads);
}

// ---- a loop of Asio, its work elsewhere: what has no loop of its own ----

template <int InFlight>
void asio_callbacks(benchmark::State& state) {
  asio::thread_pool pool(1);
  bench::callback_chains(state, InFlight, [&](auto f) { asio::post(pool, std::move(f)); });
}

void tbb_arena(benchmark::State& state, int in_flight, int threads) {
  // One slot of the arena is kept for a thread that joins it: ours never does.
  tbb::task_arena arena(threads + 1, 1);
  bench::callback_chains(state, in_flight, [&](auto f) { arena.enqueue(std::move(f)); });
}

template <int InFlight>
void tbb_default(benchmark::State& state) {
  tbb_arena(state, InFlight, 1);
}

template <int Threads>
void tbb_threads(benchmark::State& state) {
  tbb_arena(state, 1024, Threads);
}

void std_async(benchmark::State& state) {
  constexpr int batch = 20;
  bench::per_operation(state, batch, [&] {
    int value = 0;
    for (int i = 0; i != batch; ++i) value = std::async(std::launch::async, plain, value).get();
    bench::expect(value, batch);
  });
}

template <int InFlight>
void std_async_many(benchmark::State& state) {
  bench::per_operation(state, InFlight, [&] {
    std::vector<std::future<int>> calls;
    calls.reserve(InFlight);
    for (int i = 0; i != InFlight; ++i) calls.push_back(std::async(std::launch::async, plain, 0));
    long long sum = 0;
    for (auto& each : calls) sum += each.get();
    bench::expect(sum, InFlight);
  });
}

const bench::scenario rtt(bench::by_processors("offload_rtt"),
                          {
                              {"smartasync", &stub<1>},
                              {"smartasync_raw", &raw_default<1>},
                              {"baseline",
                               bench::processors() == 1 ? &ping_pong : &limit_batched<1>},
                              {"futex", &ping_pong},
                              {"asio", &asio_default<1>},
                              {"asio_callback", &asio_callbacks<1>},
                              {"tbb", &tbb_default<1>},
                              {"std_async", &std_async},
                          });

template <int InFlight>
void add_in_flight() {
  static const bench::scenario made(bench::by_processors("offload_" + std::to_string(InFlight)),
                                    {
                                        {"smartasync", &stub<InFlight>},
                                        {"smartasync_raw", &raw_default<InFlight>},
                                        {"baseline", &limit_batched<InFlight>},
                                        {"asio", &asio_default<InFlight>},
                                        {"asio_callback", &asio_callbacks<InFlight>},
                                        {"tbb", &tbb_default<InFlight>},
                                        {"std_async", &std_async_many<InFlight>},
                                    });
}

template <int InFlight>
void add_growth() {
  static const bench::scenario made(
      bench::by_processors("offload_growth_" + std::to_string(InFlight)),
      {
          {"smartasync", &stub<InFlight>},
          {"baseline", &limit_batched<InFlight>},
          {"asio", &asio_default<InFlight>},
          {"tbb", &tbb_default<InFlight>},
      });
}

template <int Threads>
void add_threads() {
  static const bench::scenario made(
      bench::by_processors("offload_threads_" + std::to_string(Threads)),
      {
          {"smartasync", &raw_threads<Threads>},
          {"asio", &asio_threads<Threads>},
          {"tbb", &tbb_threads<Threads>},
      });
}

[[maybe_unused]] const bool added = [] {
  add_in_flight<64>();
  add_in_flight<1024>();
  add_growth<1>();
  add_growth<10>();
  add_growth<100>();
  add_growth<1000>();
  add_growth<10'000>();
  add_growth<100'000>();
  add_threads<1>();
  add_threads<2>();
  add_threads<4>();
  add_threads<8>();
  return true;
}();

}  // namespace
