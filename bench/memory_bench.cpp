// SPDX-License-Identifier: MIT
// A million tasks that are suspended at once, each awaiting the next. The "time" is bytes for a
// task, as the process grows; the baseline is the frame that the compiler asks for.
#include <unistd.h>

#include <algorithm>
#include <coroutine>
#include <cstddef>
#include <cstdio>

#include "measure.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"

namespace {

constexpr int tasks = 1'000'000;

double resident_bytes() {
  long pages = 0;
  long resident = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// `Task` decides who allocates; the body, and with it the frame, is the same. Not inlined: clang++
/// would make the frame a part of its caller's.
template <class Task>
[[gnu::noinline]] Task nested(int depth, double& most) {
  if (depth == 0) {
    co_await smartasync::yield();
    most = resident_bytes();
    co_return 0;
  }
  co_return 1 + co_await nested<Task>(depth - 1, most);
}

std::size_t frame_asked_for = 0;

/// A task that notes how large a frame the compiler asks for.
struct probe;
struct probe_promise : smartasync::detail::task_promise_base<int> {
  static void* operator new(std::size_t size) {
    frame_asked_for = std::max(frame_asked_for, size);
    return ::operator new(size);
  }
  static void operator delete(void* frame) { ::operator delete(frame); }
  probe get_return_object() noexcept;
  void return_value(int value) { result_.set_value(value); }
};
struct probe {
  using promise_type = probe_promise;
  using smartasync_native = void;
  explicit probe(std::coroutine_handle<probe_promise> h) : handle(h) {}
  probe(const probe&) = delete;
  ~probe() { handle.destroy(); }

  class awaiter {
   public:
    using smartasync_native = void;
    explicit awaiter(std::coroutine_handle<probe_promise> h) : child_(h) {}
    bool await_ready() noexcept { return child_.promise().start_nested(child_); }
    bool await_suspend(smartasync::detail::awaiting_coroutine h) noexcept {
      return child_.promise().notify(h);
    }
    int await_resume() { return child_.promise().result().take(); }

   private:
    std::coroutine_handle<probe_promise> child_;
  };
  awaiter operator co_await() && noexcept { return awaiter(handle); }
  std::coroutine_handle<probe_promise> handle;
};
probe probe_promise::get_return_object() noexcept {
  return probe(std::coroutine_handle<probe_promise>::from_promise(*this));
}

void suspended_tasks(benchmark::State& state) {
  // Once in the life of the process: what was freed is not given back.
  static double bytes = 0;
  for (auto _ : state) {
    double most = 0;
    const double before = resident_bytes();
    bench::expect(smartasync::run(nested<smartasync::task<int>>(tasks, most)), tasks);
    if (bytes == 0) bytes = (most - before) / tasks;
    state.SetIterationTime(bytes * 1e-9);
  }
}

void asked_for(benchmark::State& state) {
  for (auto _ : state) {
    double most = 0;
    {
      const probe made = nested<probe>(1, most);
    }
    state.SetIterationTime(static_cast<double>(frame_asked_for) * 1e-9);
  }
}

[[maybe_unused]] const bool added = [] {
  for (const auto& [name, f] : {std::pair("memory_1m_tasks/smartasync", &suspended_tasks),
                                std::pair("memory_1m_tasks/baseline", &asked_for)}) {
    benchmark::RegisterBenchmark(name, f)->UseManualTime()->Iterations(1);
  }
  return true;
}();

}  // namespace
