// SPDX-License-Identifier: MIT
// Signals that interrupt every wait, and clocks that jump. The clocks are turned by standing in
// front of clock_gettime.
#include <gtest/gtest.h>

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace {

std::atomic<long> realtime_leap{0};   // seconds
std::atomic<long> monotonic_leap{0};  // seconds

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const long result = ::syscall(SYS_clock_gettime, clock, now);
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += realtime_leap.load();
  if (result == 0 && clock == CLOCK_MONOTONIC) now->tv_sec += monotonic_leap.load();
  return static_cast<int>(result);
}

namespace {

using namespace std::chrono_literals;
using smartasync::run;
using smartasync::task;

std::atomic<long> signals_seen{0};

/// Sends a signal without end to the thread that makes it, from another one. Its handler is
/// installed without SA_RESTART, so that every system call that waits is interrupted.
class signal_storm {
 public:
  signal_storm() {
    struct sigaction action{};
    action.sa_handler = [](int) noexcept { signals_seen.fetch_add(1, std::memory_order_relaxed); };
    sigemptyset(&action.sa_mask);
    ::sigaction(SIGUSR1, &action, nullptr);
    sender_ = std::thread([this, victim = ::pthread_self()] {
      while (!ends_.load(std::memory_order_relaxed)) {
        ::pthread_kill(victim, SIGUSR1);
        std::this_thread::yield();
      }
    });
  }
  ~signal_storm() {
    ends_ = true;
    sender_.join();
  }
  signal_storm(const signal_storm&) = delete;
  signal_storm& operator=(const signal_storm&) = delete;

 private:
  std::atomic<bool> ends_{false};
  std::thread sender_;
};

task<int> mixed_work(int rounds) {
  int sum = 0;
  for (int i = 0; i != rounds; ++i) {
    const auto before = std::chrono::steady_clock::now();
    co_await smartasync::sleep_for(200us);
    EXPECT_GE(std::chrono::steady_clock::now() - before, 200us);
    sum += co_await smartasync::to_thread([] {
      std::this_thread::yield();
      return 1;
    });
  }
  co_return sum;
}

TEST(a_storm_of_signals, ends_no_wait_of_a_loop_before_its_time) {
  reliability::watchdog guard("a loop that waits on a futex");
  std::thread([] {
    const signal_storm storm;
    const long before = signals_seen.load();
    EXPECT_EQ(run(mixed_work(100)), 100);
    EXPECT_GT(signals_seen.load(), before);
  }).join();
}

TEST(a_storm_of_signals, ends_no_wait_of_a_loop_that_watches_descriptors) {
  reliability::watchdog guard("a loop that waits in epoll");
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  std::thread([&] {
    const signal_storm storm;
    auto reads = [&]() -> task<int> {
      int seen = 0;
      for (char read = 0; read != '.'; ++seen) {
        co_await smartasync::readable(ends[0]);
        if (::read(ends[0], &read, 1) != 1) co_return -1;
      }
      co_return seen;
    };
    auto writes = [&]() -> task<> {
      for (int i = 0; i != 50; ++i) {
        co_await mixed_work(1);
        if (::write(ends[1], i == 49 ? "." : "x", 1) != 1) throw std::runtime_error("write");
      }
    };
    const auto [seen, nothing] = run([&] { return smartasync::when_all(reads(), writes()); });
    EXPECT_EQ(seen, 50);
  }).join();
  for (const int each : ends) ::close(each);
}

TEST(a_storm_of_signals, ends_no_wait_of_a_thread_of_an_executor) {
  reliability::watchdog guard("a thread of an executor");
  smartasync::thread_pool pool("struck", {.max_threads = 1});
  const int value = run([&]() -> task<int> {
    co_return co_await smartasync::to_thread(pool, [&] {
      const signal_storm storm;
      return run(mixed_work(50));  // Blocks this thread, which may run the calls meanwhile.
    });
  });
  EXPECT_EQ(value, 50);
}

class leap {
 public:
  leap(std::atomic<long>& clock, std::chrono::seconds by) : clock_(clock) {
    clock_ = static_cast<long>(by.count());
  }
  ~leap() { clock_ = 0; }
  leap(const leap&) = delete;
  leap& operator=(const leap&) = delete;

 private:
  std::atomic<long>& clock_;
};

TEST(a_clock_that_jumps, changes_no_deadline_when_it_is_the_clock_on_the_wall) {
  reliability::watchdog guard("the clock on the wall");
  run([]() -> task<> {
    for (const auto by : {std::chrono::seconds(-100'000'000), std::chrono::seconds(100'000'000)}) {
      const auto wall = std::chrono::system_clock::now();
      const leap jump(realtime_leap, by);
      EXPECT_GT(std::chrono::abs(std::chrono::system_clock::now() - wall), 1000h)
          << "the jump is not seen";
      const auto begin = std::chrono::steady_clock::now();
      co_await smartasync::sleep_for(5ms);
      EXPECT_GE(std::chrono::steady_clock::now() - begin, 5ms);
      bool late = false;
      try {
        co_await smartasync::with_timeout(5ms, smartasync::sleep_for(24h));
      } catch (const smartasync::timeout_error&) {
        late = true;
      }
      EXPECT_TRUE(late);
      EXPECT_EQ(co_await smartasync::with_timeout(1h, smartasync::to_thread([] { return 1; })), 1);
    }
  });
}

TEST(a_clock_that_jumps, fires_all_timers_in_their_order_when_it_leaps_past_them) {
  reliability::watchdog guard("the steady clock");
  std::vector<int> order;
  run([&]() -> task<> {
    auto sleeps = [&](int hours) -> task<> {
      co_await smartasync::sleep_for(std::chrono::hours(hours));
      order.push_back(hours);
    };
    auto leaps = [&]() -> task<> {
      co_await smartasync::yield();
      monotonic_leap = 10 * 3600;
      co_return;
    };
    // Not in the order of their deadlines.
    co_await smartasync::when_all(sleeps(5), sleeps(2), sleeps(9), sleeps(1), sleeps(7), leaps());
    monotonic_leap = 0;
  });
  EXPECT_EQ(order, (std::vector{1, 2, 5, 7, 9}));
}

TEST(a_clock_that_jumps, does_not_end_a_thread_of_an_executor_that_is_needed) {
  reliability::watchdog guard("threads that retire");
  smartasync::thread_pool pool("leaps", {.max_threads = 2, .idle_timeout = 1s});
  run([&]() -> task<> {
    for (int i = 0; i != 50; ++i) {
      EXPECT_EQ(co_await smartasync::to_thread(pool, [i] { return i; }), i);
      monotonic_leap = monotonic_leap + 5;  // Longer than an idle thread stays.
    }
  });
  monotonic_leap = 0;
}

}  // namespace
