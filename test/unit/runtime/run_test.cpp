// SPDX-License-Identifier: MIT
#include "smartasync/run.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "smartasync/context.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::run;
using smartasync::task;

task<int> answer() { co_return 42; }

TEST(run, leaves_no_loop_on_the_thread) {
  EXPECT_FALSE(smartasync::in_async_context());
  EXPECT_TRUE(run([] { return smartasync::in_async_context(); }));
  EXPECT_FALSE(smartasync::in_async_context());
}

TEST(run, leaves_no_loop_on_the_thread_after_an_exception) {
  auto fail = []() -> task<> {
    throw std::runtime_error("x");
    co_return;
  };
  EXPECT_THROW(run(fail()), std::runtime_error);
  EXPECT_FALSE(smartasync::in_async_context());
  EXPECT_THROW(run([]() -> task<> { throw std::logic_error("before there is a task"); }),
               std::logic_error);
  EXPECT_FALSE(smartasync::in_async_context());
  EXPECT_EQ(run(answer()), 42);
}

/// Its move throws.
class fragile {
 public:
  fragile(int& alive) noexcept : alive_(&alive) { ++*alive_; }
  fragile(fragile&& other) : alive_(other.alive_) { throw std::runtime_error("does not move"); }
  ~fragile() { --*alive_; }

 private:
  int* alive_;
};

TEST(run, ends_the_task_whose_value_cannot_be_moved_out) {
  int alive = 0;
  auto make = [&]() -> task<fragile> { co_return alive; };
  EXPECT_THROW(run(make()), std::runtime_error);
  EXPECT_EQ(alive, 0);
  EXPECT_THROW(run(make), std::runtime_error);
  EXPECT_EQ(alive, 0);
  EXPECT_FALSE(smartasync::in_async_context());
}

TEST(run, reuses_one_loop_on_a_thread_and_another_on_another) {
  auto loop_of = [] { return smartasync::current_loop(); };
  smartasync::event_loop* const first = run(loop_of);
  EXPECT_EQ(run(loop_of), first);
  EXPECT_EQ(first, &smartasync::this_thread_loop());
  smartasync::event_loop* other = nullptr;
  std::thread([&] { other = run(loop_of); }).join();
  EXPECT_NE(other, first);
}

TEST(run, calls_a_callable_inside_of_the_loop) {
  EXPECT_EQ(run([] { return answer(); }), 42);
  EXPECT_EQ(run([] { return std::string("plain"); }), "plain");
  auto kept = std::make_unique<int>(3);
  EXPECT_EQ(run([kept = std::move(kept)]() -> task<int> { co_return *kept; }), 3);
}

TEST(run, takes_any_awaitable) {
  run(smartasync::sleep_for(1ms));
  EXPECT_EQ(run(smartasync::to_thread([] { return 8; })), 8);
}

TEST(run, refuses_to_block_the_thread_of_a_running_loop_and_names_the_function) {
  auto nested = []() -> task<std::string> {
    try {
      co_return std::to_string(run(answer()));
    } catch (const smartasync::blocking_call_error& e) {
      co_return e.what();
    }
  };
  EXPECT_EQ(run(nested()),
            "Cannot call smartasync::run() synchronously from within an async context. Use "
            "'co_await' instead.");
  auto named = []() -> task<std::string> {
    try {
      co_return std::to_string(smartasync::detail::run_named("shop::Client::get", answer()));
    } catch (const smartasync::blocking_call_error& e) {
      co_return e.what();
    }
  };
  EXPECT_EQ(run(named()),
            "Cannot call shop::Client::get() synchronously from within an async context. Use "
            "'co_await' instead.");
}

TEST(run, leaves_what_was_spawned_for_the_next_run) {
  int steps = 0;
  auto background = [&]() -> task<> {
    for (int i = 0; i != 3; ++i) {
      ++steps;
      co_await smartasync::sleep_for(1ms);
    }
    steps = 100;
  };
  run([&] { smartasync::spawn(background()); });
  const int after_first = steps;
  EXPECT_LT(after_first, 100);
  run([&]() -> task<> {
    while (steps != 100) co_await smartasync::sleep_for(1ms);
  });
  EXPECT_EQ(steps, 100);
}

TEST(run, is_cancelled_by_a_token_that_another_thread_stops) {
  std::stop_source source;
  bool unwound = false;
  std::thread stopper;
  auto body = [&]() -> task<> {
    struct at_end {
      bool& flag;
      ~at_end() { flag = true; }
    } const end{unwound};
    stopper = std::thread([&] { source.request_stop(); });
    co_await smartasync::sleep_for(1h);
  };
  EXPECT_THROW(run(body(), {.stop = source.get_token()}), smartasync::cancelled_error);
  EXPECT_TRUE(unwound);
  stopper.join();
  EXPECT_EQ(run(answer()), 42);
}

TEST(run, is_cancelled_by_a_token_that_was_stopped_before) {
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(run(smartasync::sleep_for(1h), {.stop = source.get_token()}),
               smartasync::cancelled_error);
}

TEST(run, gives_the_result_of_a_task_that_a_stop_came_too_late_for) {
  for (int i = 0; i != 200; ++i) {
    std::stop_source source;
    std::thread stopper([&] { source.request_stop(); });
    EXPECT_EQ(run(answer(), {.stop = source.get_token()}), 42);
    stopper.join();
  }
}

TEST(run, after_a_cancelled_one_starts_afresh) {
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(run(smartasync::sleep_for(1h), {.stop = source.get_token()}),
               smartasync::cancelled_error);
  run(smartasync::sleep_for(1ms));
  EXPECT_FALSE(run([] { return smartasync::current_stop_token().stop_requested(); }));
}

TEST(run, works_on_many_threads_at_once) {
  std::vector<std::thread> threads;
  std::atomic<int> sum{0};
  for (int i = 0; i != 8; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n != 100; ++n) {
        sum += run([&]() -> task<int> {
          co_await smartasync::yield();
          auto call = smartasync::to_thread([i] { return i; });
          co_return co_await std::move(call);
        });
      }
    });
  }
  for (auto& t : threads) t.join();
  EXPECT_EQ(sum.load(), 2800);
}

/// Runs when its thread ends, after that has closed its loop.
struct last_words {
  std::string* said;
  ~last_words() {
    try {
      *said = std::to_string(run(answer()));
      static_cast<void>(smartasync::this_thread_loop());
    } catch (const smartasync::loop_closed_error&) {
      *said += ", closed";
    }
  }
};

TEST(run, at_the_end_of_a_thread_has_a_loop_for_itself_alone) {
  std::string said;
  std::thread([&] {
    static thread_local last_words at_exit{&said};
    static_cast<void>(at_exit);
    run(answer());
  }).join();
  EXPECT_EQ(said, "42, closed");
}

TEST(run, thread_that_ends_cancels_what_was_spawned_on_its_loop) {
  bool cancelled = false;
  std::thread([&] {
    run([&] {
      smartasync::spawn([&]() -> task<> {
        try {
          co_await smartasync::sleep_for(1h);
        } catch (const smartasync::cancelled_error&) {
          cancelled = true;
          throw;
        }
      });
    });
  }).join();
  EXPECT_TRUE(cancelled);
}

}  // namespace
