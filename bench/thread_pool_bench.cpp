// SPDX-License-Identifier: MIT
// What an offloaded call costs: one at a time, beside two threads that wake each other through a
// futex and do nothing else. `taskset -c 0` ranks the software; on free processors the figures
// are those of the kernel's idle states.
#include "smartasync/thread_pool.hpp"

#include <benchmark/benchmark.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <thread>

#include "smartasync/run.hpp"
#include "smartasync/to_thread.hpp"

namespace {

constexpr int batch = 100;

class futex_flag {
 public:
  void raise() {
    word_.store(1, std::memory_order_release);
    syscall(SYS_futex, &word_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
  }
  void wait() {
    while (word_.load(std::memory_order_acquire) == 0) {
      syscall(SYS_futex, &word_, FUTEX_WAIT_PRIVATE, 0, nullptr, nullptr, 0);
    }
    word_.store(0, std::memory_order_relaxed);
  }

 private:
  alignas(64) std::atomic<std::uint32_t> word_{0};
};

void limit_ping_pong(benchmark::State& state) {
  futex_flag ping;
  futex_flag pong;
  std::atomic<bool> done{false};
  std::thread other([&] {
    for (;;) {
      ping.wait();
      if (done.load()) return;
      pong.raise();
    }
  });
  for (auto _ : state) {
    for (int i = 0; i != batch; ++i) {
      ping.raise();
      pong.wait();
    }
  }
  done = true;
  ping.raise();
  other.join();
  state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(limit_ping_pong)->UseRealTime();

void offload(benchmark::State& state) {
  smartasync::thread_pool pool("bench", {.max_threads = 1});
  for (auto _ : state) {
    smartasync::run([&]() -> smartasync::task<> {
      int value = 0;
      for (int i = 0; i != batch; ++i) {
        auto call = smartasync::to_thread(pool, [value] { return value + 1; });
        value = co_await std::move(call);
      }
      benchmark::DoNotOptimize(value);
    });
  }
  state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(offload)->UseRealTime();

}  // namespace
