// SPDX-License-Identifier: MIT
#include "smartasync/event_loop.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <latch>
#include <memory>
#include <stdexcept>
#include <thread>
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

TEST(event_loop, runs_posts_in_their_order_until_it_is_stopped) {
  event_loop loop;
  std::vector<int> seen;
  for (int i = 0; i != 5; ++i) loop.post([&, i] { seen.push_back(i); });
  loop.post([&] { loop.stop(); });
  loop.run();
  EXPECT_EQ(seen, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(event_loop, goes_on_with_what_a_run_has_left_before_what_came_later) {
  std::vector<int> seen;
  {
    event_loop loop;
    for (int i = 0; i != 3; ++i) {
      loop.post([&, i] { seen.push_back(i); });
      loop.stop();
    }
    loop.post([&] { seen.push_back(3); });
    loop.run();
    EXPECT_EQ(seen, (std::vector<int>{0}));
    loop.post([&] { seen.push_back(4); });
    loop.stop();
    loop.post([&] { seen.push_back(5); });
    loop.run();
    EXPECT_EQ(seen, (std::vector<int>{0, 1, 2, 3, 4}));
  }
  EXPECT_EQ(seen, (std::vector<int>{0, 1, 2, 3, 4, 5})) << "the loop's end runs the rest";
}

TEST(event_loop, makes_a_late_call_after_the_steps_that_are_queued) {
  event_loop loop;
  std::vector<int> seen;
  const auto late = [](void* of) noexcept { static_cast<std::vector<int>*>(of)->push_back(9); };
  loop.post([&] {
    loop.post([&] { seen.push_back(2); });
    EXPECT_TRUE(loop.call_late(late, &seen));
    // One at a time.
    EXPECT_FALSE(loop.call_late(late, &seen));
    loop.post([&] { loop.stop(); });
  });
  loop.post([&] { seen.push_back(1); });
  loop.run();
  EXPECT_EQ(seen, (std::vector<int>{1, 2, 9}));
}

TEST(event_loop, makes_a_late_call_when_the_run_returns_and_no_second_time) {
  event_loop loop;
  int calls = 0;
  const auto late = [](void* of) noexcept { ++*static_cast<int*>(of); };
  for (int run = 1; run != 4; ++run) {
    loop.post([&] { EXPECT_TRUE(loop.call_late(late, &calls)); });
    // It ends the run that makes the step before it.
    loop.stop();
    loop.run();
    EXPECT_EQ(calls, run);
    loop.stop();
    loop.run();
    EXPECT_EQ(calls, run);
  }
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

}  // namespace
