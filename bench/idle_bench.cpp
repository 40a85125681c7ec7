// SPDX-License-Identifier: MIT
// A loop that sleeps beside a pool with nothing to do. The "time" is what their threads used of the
// processors in a fifth of a second, seen from a thread beside them: falling asleep and waking is
// not in it, which alone takes up to a millisecond on some machines. The baseline is a thread that
// sleeps.
#include <time.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "calls.smart.hpp"
#include "measure.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"

namespace {

using namespace std::chrono_literals;

/// Longer than all that is measured.
constexpr auto whole_sleep = 400ms;

std::chrono::nanoseconds read(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec);
}

std::chrono::nanoseconds used_by_others() {
  // The process has what this thread uses meanwhile, too, which is to be little.
  for (;;) {
    const auto own = read(CLOCK_THREAD_CPUTIME_ID);
    const auto all = read(CLOCK_PROCESS_CPUTIME_ID);
    if (read(CLOCK_THREAD_CPUTIME_ID) - own < 3us) return all - own;
  }
}

/// `sleep()` is called on a thread of its own.
template <class Sleep>
void measure_beside(benchmark::State& state, Sleep sleep) {
  for (auto _ : state) {
    std::thread sleeping(sleep);
    std::this_thread::sleep_for(100ms);
    const auto before = used_by_others();
    std::this_thread::sleep_for(200ms);
    const std::chrono::duration<double> used = used_by_others() - before;
    sleeping.join();
    // A time of zero is none.
    state.SetIterationTime(std::max(used.count(), 1e-9));
  }
}

smartasync::task<void> use_the_pool_and_sleep() {
  static_cast<void>(co_await bench::smart::plain(1));
  co_await smartasync::sleep_for(whole_sleep);
}

void loop_and_pool(benchmark::State& state) {
  measure_beside(state, [] { smartasync::run(use_the_pool_and_sleep()); });
}

void sleeping_thread(benchmark::State& state) {
  measure_beside(state, [] { std::this_thread::sleep_for(whole_sleep); });
}

[[maybe_unused]] const bool added = [] {
  benchmark::RegisterBenchmark("idle/smartasync", &loop_and_pool)->UseManualTime()->Iterations(1);
  benchmark::RegisterBenchmark("idle/baseline", &sleeping_thread)->UseManualTime()->Iterations(1);
  return true;
}();

}  // namespace
