// SPDX-License-Identifier: MIT
// Much of everything at once: nothing is lost, nothing happens twice, and the memory is back where
// it began. SMARTASYNC_SOAK=1 in the environment gives the full numbers where a sanitizer's build
// has smaller ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <coroutine>
#include <cstdint>
#include <cstdlib>
#include <latch>
#include <memory>
#include <numeric>
#include <thread>
#include <utility>
#include <vector>

#include "../unit/runtime/call_functions.hpp"
#include "counted_allocation.hpp"
#include "next_random.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace {

using namespace std::chrono_literals;
using call_test::stub;
using reliability::next_random;
using smartasync::run;
using smartasync::task;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SMARTASYNC_TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SMARTASYNC_TEST_SANITIZED 1
#endif
#endif
#ifdef SMARTASYNC_TEST_SANITIZED
constexpr int short_form = 20;
#else
constexpr int short_form = 1;
#endif

/// Where the full number would take minutes: a part of it.
int scaled(int full) {
  static const bool soak = std::getenv("SMARTASYNC_SOAK") != nullptr;
  return soak ? full : full / short_form;
}

/// On a thread of its own, whose loop and cache of frames end with it; checks that all blocks that
/// were allocated meanwhile are free again. One region of frames, made before, stays.
template <class Body>
void leaves_no_memory(const char* name, Body body) {
  const reliability::watchdog guard(name, std::chrono::seconds(280));
  std::thread([] { run([]() -> task<> { co_return; }); }).join();
  const std::ptrdiff_t blocks = reliability::live_blocks();
  const std::ptrdiff_t bytes = reliability::live_bytes();
  std::thread(std::ref(body)).join();
  EXPECT_EQ(reliability::live_blocks(), blocks);
  EXPECT_EQ(reliability::live_bytes(), bytes);
}

/// Awaited by any number on one loop; opened once.
class gate {
 public:
  bool await_ready() const noexcept { return open_; }
  void await_suspend(std::coroutine_handle<> h) { waiting_.push_back(h); }
  static void await_resume() noexcept {}
  void open() {
    open_ = true;
    for (const auto each : std::exchange(waiting_, {})) each.resume();
  }
  [[nodiscard]] std::size_t waiting() const noexcept { return waiting_.size(); }

 private:
  bool open_ = false;
  std::vector<std::coroutine_handle<>> waiting_;
};

/// How often each of them happened.
class tally {
 public:
  explicit tally(int size) : counts_(static_cast<std::size_t>(size)) {}
  void count(int which) {
    counts_[static_cast<std::size_t>(which)].fetch_add(1, std::memory_order_relaxed);
  }
  /// How many did not happen exactly `times` times.
  [[nodiscard]] std::ptrdiff_t wrong(int times = 1) const {
    return std::count_if(counts_.begin(), counts_.end(),
                         [&](const std::atomic<int>& each) { return each.load() != times; });
  }

 private:
  std::vector<std::atomic<int>> counts_;
};

TEST(load, a_million_suspended_tasks_end_once_each) {
  leaves_no_memory("a million suspended tasks", [] {
    const int count = scaled(1'000'000);
    tally ended(count);
    run([&]() -> task<> {
      gate all_stand;
      auto waits = [&](int which) -> task<> {
        co_await all_stand;
        ended.count(which);
      };
      smartasync::task_group<> group;
      for (int i = 0; i != count; ++i) group.spawn(waits(i));
      co_await smartasync::yield();
      EXPECT_EQ(all_stand.waiting(), static_cast<std::size_t>(count));
      all_stand.open();
      co_await group.join();
    });
    EXPECT_EQ(ended.wrong(), 0);
  });
}

TEST(load, a_million_suspended_tasks_are_cancelled_once_each) {
  leaves_no_memory("a million cancelled tasks", [] {
    const int count = scaled(1'000'000);
    tally cancelled(count);
    run([&]() -> task<> {
      auto sleeps = [&](int which) -> task<> {
        try {
          co_await smartasync::sleep_for(24h);
        } catch (const smartasync::cancelled_error&) {
          cancelled.count(which);
        }
      };
      smartasync::task_group<> group;
      for (int i = 0; i != count; ++i) group.spawn(sleeps(i));
      co_await smartasync::yield();
      group.cancel();
      co_await group.join();
    });
    EXPECT_EQ(cancelled.wrong(), 0);
  });
}

TEST(load, a_hundred_thousand_timers_fire_in_their_order) {
  leaves_no_memory("a hundred thousand timers", [] {
    const int count = scaled(100'000);
    tally fired(count);
    std::int64_t early = 0;
    std::int64_t out_of_order = 0;
    run([&]() -> task<> {
      const auto begin = std::chrono::steady_clock::now() + 10ms;
      auto last = begin;
      std::uint64_t random = 1;
      auto sleeps = [&](int which, std::chrono::steady_clock::time_point until) -> task<> {
        co_await smartasync::sleep_until(until);
        if (std::chrono::steady_clock::now() < until) ++early;
        if (until < last) ++out_of_order;
        last = until;
        fired.count(which);
      };
      smartasync::task_group<> group;
      for (int i = 0; i != count; ++i) {
        group.spawn(
            sleeps(i, begin + std::chrono::microseconds((next_random(random) >> 33) % 200'000)));
      }
      co_await group.join();
    });
    EXPECT_EQ(fired.wrong(), 0);
    EXPECT_EQ(early, 0);
    EXPECT_EQ(out_of_order, 0);
  });
}

TEST(load, ten_thousand_offloads_are_in_flight_and_each_runs_once) {
  leaves_no_memory("ten thousand offloads", [] {
    const int count = scaled(10'000);
    tally ran(count);
    std::int64_t sum = 0;
    smartasync::thread_pool pool("load", {.max_threads = 4});
    run([&]() -> task<> {
      std::latch all_queued(1);
      auto call = [&](int which) -> task<> {
        sum += co_await smartasync::to_thread(pool, [&, which] {
          all_queued.wait();
          ran.count(which);
          return which;
        });
      };
      smartasync::task_group<> group;
      for (int i = 0; i != count; ++i) group.spawn(call(i));
      group.spawn([&]() -> task<> {
        EXPECT_GE(pool.queue_size(), static_cast<std::size_t>(count - 4));
        all_queued.count_down();
        co_return;
      });
      co_await group.join();
    });
    EXPECT_EQ(ran.wrong(), 0);
    EXPECT_EQ(sum, std::int64_t{count} * (count - 1) / 2);
  });
}

TEST(load, a_thousand_threads_make_synchronous_calls) {
  leaves_no_memory("a thousand threads", [] {
    const int count = scaled(1'000);
    constexpr int calls = 20;
    tally right(count);
    std::latch all_here(count);
    smartasync::thread_pool pool("thousand", {.max_threads = 2});
    std::vector<std::thread> threads;
    for (int i = 0; i != count; ++i) {
      threads.emplace_back([&, i] {
        all_here.arrive_and_wait();
        for (int call = 0; call != calls; ++call) {
          const int sum = stub<call_test::add>(i, call).get();
          const int slow = stub<call_test::slow_add>(i, call).get();
          const int there = run(smartasync::to_thread(pool, [&] { return i + call; }));
          if (sum == i + call && slow == sum && there == sum) right.count(i);
        }
      });
    }
    for (std::thread& each : threads) each.join();
    EXPECT_EQ(right.wrong(calls), 0);
  });
}

TEST(load, sixty_four_loops_post_to_each_other) {
  leaves_no_memory("sixty-four loops", [] {
    constexpr int loops = 64;
    constexpr int tokens = 256;
    const int hops = scaled(1'000'000) / tokens;
    std::vector<std::unique_ptr<smartasync::event_loop>> all;
    for (int i = 0; i != loops; ++i) all.push_back(std::make_unique<smartasync::event_loop>());
    tally arrived(tokens);
    std::latch done(tokens);

    struct token {
      int number;
      int hops_left;
      std::uint64_t random;
    };
    // From loop to loop until it has made all its hops, on the right thread each time.
    auto travels = [&](auto& self, token t, std::size_t at) -> void {
      EXPECT_TRUE(all[at]->running_in_this_thread());
      if (t.hops_left-- == 0) {
        arrived.count(t.number);
        done.count_down();
        return;
      }
      const std::size_t next = (next_random(t.random) >> 33) % loops;
      all[next]->post([&self, t, next] { self(self, t, next); });
    };

    std::vector<std::thread> threads;
    for (auto& each : all) {
      threads.emplace_back([&loop = *each] { loop.run(); });
    }
    for (int i = 0; i != tokens; ++i) {
      const std::size_t first = static_cast<std::size_t>(i) % loops;
      const token t{i, hops, static_cast<std::uint64_t>(i) + 1};
      all[first]->post([&, t, first] { travels(travels, t, first); });
    }
    done.wait();
    for (auto& each : all) each->stop();
    for (std::thread& each : threads) each.join();
    EXPECT_EQ(arrived.wrong(), 0);
  });
}

}  // namespace
