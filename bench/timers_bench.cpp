// SPDX-License-Identifier: MIT
// Timers: so many coroutines sleep until random times within a millisecond; scheduled and fired.
#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>

#include "limit_loop.hpp"
#include "measure.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"

namespace {

using clock = std::chrono::steady_clock;

/// The same times for everybody, from now on.
class deadlines {
 public:
  clock::time_point next() {
    random_ = random_ * 1664525 + 1013904223;
    return begin_ + std::chrono::nanoseconds(random_ % 1'000'000);
  }
  [[nodiscard]] clock::time_point last() const { return begin_ + std::chrono::milliseconds(1); }

 private:
  clock::time_point begin_ = clock::now();
  std::uint32_t random_ = 12345;
};

/// `run(count)` has that many timers fire, and returns their number.
template <int Count, class Run>
void measure(benchmark::State& state, Run run) {
  bench::expect(run(Count), Count);
  bench::per_operation(state, Count, [&] { bench::expect(run(Count), Count); });
}

smartasync::task<void> sleeper(clock::time_point until, int& fired) {
  co_await smartasync::sleep_until(until);
  ++fired;
}

smartasync::task<void> spawn_sleepers(int count, int& fired) {
  deadlines times;
  for (int i = 1; i != count; ++i) smartasync::spawn(sleeper(times.next(), fired));
  co_await smartasync::yield();
  co_await sleeper(times.last(), fired);
}

template <int Count>
void ours(benchmark::State& state) {
  measure<Count>(state, [](int count) {
    int fired = 0;
    smartasync::run(spawn_sleepers(count, fired));
    return fired;
  });
}

limit::detached limit_sleeper(limit::loop& loop, clock::time_point until, int& fired) {
  co_await loop.sleep_until(until);
  ++fired;
}

template <int Count>
void limit_loop(benchmark::State& state) {
  limit::loop loop;
  measure<Count>(state, [&](int count) {
    int fired = 0;
    deadlines times;
    for (int i = 1; i != count; ++i) limit_sleeper(loop, times.next(), fired);
    limit_sleeper(loop, times.last(), fired);
    loop.run();
    return fired;
  });
}

template <int Count>
void asio_callbacks(benchmark::State& state) {
  asio::io_context loop(1);
  measure<Count>(state, [&](int count) {
    int fired = 0;
    deadlines times;
    std::deque<asio::steady_timer> timers;
    for (int i = 0; i != count; ++i) {
      const auto until = i + 1 == count ? times.last() : times.next();
      timers.emplace_back(loop, until).async_wait([&](const asio::error_code&) { ++fired; });
    }
    loop.restart();
    loop.run();
    return fired;
  });
}

asio::awaitable<void> asio_sleeper(asio::io_context& loop, clock::time_point until, int& fired) {
  asio::steady_timer timer(loop, until);
  co_await timer.async_wait(asio::use_awaitable);
  ++fired;
}

template <int Count>
void asio_coroutines(benchmark::State& state) {
  asio::io_context loop(1);
  measure<Count>(state, [&](int count) {
    int fired = 0;
    deadlines times;
    for (int i = 0; i != count; ++i) {
      const auto until = i + 1 == count ? times.last() : times.next();
      asio::co_spawn(loop, asio_sleeper(loop, until, fired), asio::detached);
    }
    loop.restart();
    loop.run();
    return fired;
  });
}

template <int Count>
void add(const std::string& name) {
  static const bench::scenario made(name, {
                                              {"smartasync", &ours<Count>},
                                              {"baseline", &limit_loop<Count>},
                                              {"asio", &asio_coroutines<Count>},
                                              {"asio_callback", &asio_callbacks<Count>},
                                          });
}

[[maybe_unused]] const bool added = [] {
  add<100'000>("timers_100k");
  add<1>("timers_growth_1");
  add<10>("timers_growth_10");
  add<100>("timers_growth_100");
  add<1000>("timers_growth_1000");
  add<10'000>("timers_growth_10000");
  add<100'000>("timers_growth_100000");
  return true;
}();

}  // namespace
