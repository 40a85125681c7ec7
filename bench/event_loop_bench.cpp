// SPDX-License-Identifier: MIT
// What a turn of the loop costs: a yield of one coroutine, of a thousand, and many timers.
#include "smartasync/event_loop.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <coroutine>
#include <cstdint>

#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"

namespace {

constexpr int batch = 10'000;

/// The limit of a yield: an intrusive queue of handles, and nothing else.
struct queue_item {
  queue_item* next = nullptr;
  std::coroutine_handle<> handle;
};
struct handle_queue {
  queue_item* first = nullptr;
  queue_item* last = nullptr;
  void push(queue_item& item) {
    item.next = nullptr;
    (first == nullptr ? first : last->next) = &item;
    last = &item;
  }
  void run() {
    while (first != nullptr) {
      queue_item& item = *first;
      first = item.next;
      item.handle.resume();
    }
  }
};

struct fire_and_forget {
  struct promise_type {
    static fire_and_forget get_return_object() noexcept { return {}; }
    static std::suspend_never initial_suspend() noexcept { return {}; }
    static std::suspend_never final_suspend() noexcept { return {}; }
    static void return_void() noexcept {}
    [[noreturn]] static void unhandled_exception() { throw; }
  };
};

struct queue_yield : queue_item {
  explicit queue_yield(handle_queue& q) : queue(q) {}
  static bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<> h) noexcept {
    handle = h;
    queue.push(*this);
  }
  static void await_resume() noexcept {}
  handle_queue& queue;
};

fire_and_forget limit_yields(handle_queue& queue, int times) {
  for (int i = 0; i != times; ++i) co_await queue_yield(queue);
}

smartasync::task<> yields(int times) {
  for (int i = 0; i != times; ++i) co_await smartasync::yield();
}

void limit_yield(benchmark::State& state) {
  const auto coroutines = static_cast<int>(state.range(0));
  for (auto _ : state) {
    handle_queue queue;
    for (int i = 0; i != coroutines; ++i) limit_yields(queue, batch / coroutines);
    queue.run();
  }
  state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(limit_yield)->Arg(1)->Arg(1000);

void yield_in_turn(benchmark::State& state) {
  const auto coroutines = static_cast<int>(state.range(0));
  for (auto _ : state) {
    smartasync::run([&]() -> smartasync::task<> {
      for (int i = 1; i < coroutines; ++i) smartasync::spawn(yields(batch / coroutines));
      co_await yields(batch / coroutines);
      co_await smartasync::yield();
    });
  }
  state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(yield_in_turn)->Arg(1)->Arg(1000);

smartasync::task<> sleeper(std::chrono::steady_clock::time_point until) {
  co_await smartasync::sleep_until(until);
}

void sleepers(benchmark::State& state) {
  const auto count = static_cast<int>(state.range(0));
  for (auto _ : state) {
    smartasync::run([&]() -> smartasync::task<> {
      const auto now = std::chrono::steady_clock::now();
      std::uint32_t random = 12345;
      for (int i = 0; i != count; ++i) {
        random = random * 1664525 + 1013904223;
        smartasync::spawn(sleeper(now + std::chrono::nanoseconds(random % 1'000'000)));
      }
      co_await sleeper(now + std::chrono::milliseconds(1));
    });
  }
  state.SetItemsProcessed(state.iterations() * count);
}
BENCHMARK(sleepers)->Arg(100'000)->Unit(benchmark::kMillisecond);

/// The limit of the former: the heap alone, filled and emptied.
void limit_timers(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::vector<smartasync::detail::timer> timers(count);
  for (auto _ : state) {
    const auto now = std::chrono::steady_clock::now();
    smartasync::detail::timer_heap heap;
    std::uint32_t random = 12345;
    for (auto& t : timers) {
      random = random * 1664525 + 1013904223;
      heap.insert(t, now + std::chrono::nanoseconds(random % 1'000'000));
    }
    while (!heap.empty()) benchmark::DoNotOptimize(&heap.pop());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(limit_timers)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
