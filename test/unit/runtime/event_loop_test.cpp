// SPDX-License-Identifier: MIT
#include "smartasync/event_loop.hpp"

#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <iterator>
#include <latch>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::event_loop;
using smartasync::task;

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST(event_loop, runs_posts_in_their_order_until_it_is_stopped) {
  event_loop loop;
  std::vector<int> seen;
  for (int i = 0; i != 5; ++i) loop.post([&, i] { seen.push_back(i); });
  loop.post([&] { loop.stop(); });
  loop.run();
  EXPECT_EQ(seen, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(event_loop, takes_the_handle_of_any_promise) {
  struct coroutine {
    struct promise_type {
      coroutine get_return_object() {
        return {std::coroutine_handle<promise_type>::from_promise(*this)};
      }
      std::suspend_always initial_suspend() noexcept { return {}; }
      std::suspend_never final_suspend() noexcept { return {}; }
      void return_void() {}
      void unhandled_exception() {}
    };
    std::coroutine_handle<promise_type> handle;
  };
  event_loop loop;
  bool ran = false;
  const auto body = [&]() -> coroutine {
    ran = true;
    loop.stop();
    co_return;
  };
  loop.post(body().handle);
  loop.run();
  EXPECT_TRUE(ran);
}

TEST(event_loop, knows_the_thread_it_runs_on) {
  event_loop loop;
  EXPECT_FALSE(loop.running_in_this_thread());
  bool inside = false;
  loop.post([&] {
    inside = loop.running_in_this_thread();
    loop.stop();
  });
  loop.run();
  EXPECT_TRUE(inside);
  EXPECT_FALSE(loop.running_in_this_thread());
}

TEST(event_loop, stopped_before_it_runs_ends_at_once_and_runs_again_after) {
  event_loop loop;
  loop.stop();
  loop.run();
  bool ran = false;
  loop.post([&] {
    ran = true;
    loop.stop();
  });
  loop.run();
  EXPECT_TRUE(ran);
}

TEST(event_loop, wakes_for_a_post_from_another_thread) {
  event_loop loop;
  std::thread poster;
  int rounds = 0;
  std::function<void()> next = [&] {
    if (poster.joinable()) poster.join();
    if (++rounds == 200) return loop.stop();
    // The loop has nothing to do until this thread posts: it sleeps or is about to.
    poster = std::thread([&] { loop.post(next); });
  };
  loop.post(next);
  loop.run();
  EXPECT_EQ(rounds, 200);
}

TEST(event_loop, keeps_the_order_of_posts_of_each_thread) {
  event_loop loop;
  constexpr int threads = 4;
  constexpr int posts = 2000;
  std::vector<std::vector<int>> seen(threads);
  std::atomic<int> left{threads * posts};
  std::vector<std::thread> posters;
  for (int t = 0; t != threads; ++t) {
    posters.emplace_back([&, t] {
      for (int i = 0; i != posts; ++i) {
        loop.post([&, t, i] {
          seen[static_cast<std::size_t>(t)].push_back(i);
          if (--left == 0) loop.stop();
        });
      }
    });
  }
  loop.run();
  for (auto& p : posters) p.join();
  for (const auto& of_thread : seen) {
    ASSERT_EQ(of_thread.size(), static_cast<std::size_t>(posts));
    EXPECT_TRUE(std::is_sorted(of_thread.begin(), of_thread.end()));
  }
}

TEST(event_loop, several_on_several_threads_post_to_each_other) {
  constexpr std::size_t count = 3;
  constexpr int hops = 3000;
  std::vector<std::unique_ptr<event_loop>> loops;
  for (std::size_t i = 0; i != count; ++i) loops.push_back(std::make_unique<event_loop>());
  std::vector<int> on_loop(count);
  std::function<void(std::size_t, int)> hop = [&](std::size_t at, int left) {
    EXPECT_TRUE(loops[at]->running_in_this_thread());
    ++on_loop[at];
    if (left == 0) {
      for (auto& loop : loops) loop->stop();
      return;
    }
    const std::size_t next = (at + 1) % count;
    loops[next]->post([&hop, next, left] { hop(next, left - 1); });
  };
  loops[0]->post([&] { hop(0, hops); });
  std::vector<std::thread> threads;
  for (auto& loop : loops) threads.emplace_back([&loop] { loop->run(); });
  for (auto& t : threads) t.join();
  EXPECT_EQ(on_loop[0] + on_loop[1] + on_loop[2], hops + 1);
  EXPECT_EQ(on_loop[1], hops / 3);
}

TEST(event_loop, may_be_destroyed_as_soon_as_the_last_post_has_run) {
  // The poster may still be inside of post() then; with the sanitizers this is a use after free if
  // it touches the loop.
  for (int i = 0; i != 500; ++i) {
    auto loop = std::make_unique<event_loop>();
    std::thread poster([&, target = loop.get()] { target->stop(); });
    loop->run();
    loop.reset();
    poster.join();
  }
}

TEST(event_loop, collects_late_wakes_before_its_descriptors_are_closed) {
  for (int i = 0; i != 300; ++i) {
    auto loop = std::make_unique<event_loop>(smartasync::make_epoll_wait());
    std::thread first([&, target = loop.get()] { target->post([] {}); });
    std::thread second([&, target = loop.get()] { target->stop(); });
    loop->run();
    first.join();
    loop.reset();
    second.join();
  }
}

TEST(event_loop, opens_no_descriptor_before_one_is_watched) {
  const std::size_t before = open_descriptors();
  event_loop loop;
  std::size_t during = 0;
  std::size_t watching = 0;
  std::thread other;
  smartasync::spawn(loop, [&]() -> task<> {
    co_await smartasync::sleep_for(1ms);
    during = open_descriptors();
    const int fd = eventfd(1, 0);
    co_await smartasync::readable(fd);
    close(fd);
    watching = open_descriptors();
    loop.stop();
  });
  loop.run();
  EXPECT_EQ(during, before);
  EXPECT_GT(watching, before);
}

TEST(event_loop, goes_on_after_a_function_that_throws) {
  static std::atomic<int> reported{0};
  const auto previous =
      smartasync::set_unhandled_exception_handler([](std::exception_ptr) noexcept { ++reported; });
  event_loop loop;
  bool ran = false;
  loop.post([] { throw std::runtime_error("x"); });
  loop.post([&] {
    ran = true;
    loop.stop();
  });
  loop.run();
  smartasync::set_unhandled_exception_handler(previous);
  EXPECT_TRUE(ran);
  EXPECT_EQ(reported.load(), 1);
}

TEST(event_loop, refuses_to_run_inside_of_another) {
  event_loop outer;
  event_loop inner;
  bool refused = false;
  outer.post([&] {
    try {
      inner.run();
    } catch (const smartasync::blocking_call_error&) {
      refused = true;
    }
    outer.stop();
  });
  outer.run();
  EXPECT_TRUE(refused);
}

TEST(event_loop, lets_a_post_run_beside_coroutines_that_never_stop_yielding) {
  bool posted = false;
  std::thread poster;
  smartasync::run([&]() -> task<> {
    event_loop& here = *smartasync::current_loop();
    poster = std::thread([&] { here.post([&] { posted = true; }); });
    while (!posted) co_await smartasync::yield();
  });
  poster.join();
  EXPECT_TRUE(posted);
}

TEST(event_loop, lets_timers_fire_in_a_flood_of_ready_work_and_of_posts) {
  std::atomic<bool> fired{false};
  std::thread flood;
  smartasync::run([&]() -> task<> {
    event_loop& here = *smartasync::current_loop();
    flood = std::thread([&] {
      while (!fired) {
        std::latch arrived(1);
        here.post([&] { arrived.count_down(); });
        arrived.wait();
      }
    });
    bool stop = false;
    for (int i = 0; i != 10; ++i) {
      smartasync::spawn([&]() -> task<> {
        while (!stop) co_await smartasync::yield();
      });
    }
    co_await smartasync::sleep_for(5ms);
    fired = true;
    co_await smartasync::to_thread([&] { flood.join(); });
    stop = true;
    co_await smartasync::sleep_for(0s);
    co_await smartasync::sleep_for(0s);
  });
}

TEST(event_loop, destroys_functions_that_never_ran) {
  auto witness = std::make_shared<int>(0);
  {
    event_loop loop;
    // The first is run by the destructor, and what it posts is destroyed.
    loop.post([&loop, witness] { loop.post([witness] { ++*witness; }); });
  }
  EXPECT_EQ(witness.use_count(), 1);
}

TEST(event_loop, destroyed_with_work_spawned_on_it_cancels_it_and_waits) {
  bool unwound = false;
  {
    event_loop loop;
    smartasync::spawn(loop, [&]() -> task<> {
      try {
        co_await smartasync::sleep_for(1h);
      } catch (const smartasync::cancelled_error&) {
        unwound = true;
        throw;
      }
    });
  }
  EXPECT_TRUE(unwound);
}

/// A wait of somebody else's: a condition variable.
class other_wait final : public smartasync::loop_wait {
 public:
  explicit other_wait(std::atomic<int>& waits) : waits_(waits) {}

  std::size_t wait(deadline until, smartasync::detail::work_queue&) override {
    ++waits_;
    std::unique_lock lock(mutex_);
    const auto woken = [&] { return wakes_ != 0; };
    if (until == deadline::max()) {
      changed_.wait(lock, woken);
    } else {
      changed_.wait_until(lock, until, woken);
    }
    return std::exchange(wakes_, 0);
  }
  void wake() noexcept override {
    const std::lock_guard lock(mutex_);
    ++wakes_;
    changed_.notify_one();
  }
  bool watch(smartasync::descriptor_watch&) override { return false; }
  void unwatch(smartasync::descriptor_watch&) noexcept override {}

 private:
  std::atomic<int>& waits_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t wakes_ = 0;
};

TEST(event_loop, sleeps_in_the_wait_that_it_was_given) {
  std::atomic<int> waits{0};
  event_loop loop(std::make_unique<other_wait>(waits));
  std::thread poster;
  bool slept = false;
  smartasync::spawn(loop, [&]() -> task<> {
    co_await smartasync::sleep_for(2ms);
    slept = true;
    poster = std::thread([&] { loop.post([&] { loop.stop(); }); });
  });
  loop.run();
  poster.join();
  EXPECT_TRUE(slept);
  EXPECT_GE(waits.load(), 1);
}

}  // namespace
