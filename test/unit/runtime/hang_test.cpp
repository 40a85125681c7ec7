// SPDX-License-Identifier: MIT
// What hangs, or hung, where sync and async code are bridged elsewhere: each test is the situation
// of the thread that it names, and ends here with the right value or with an error that says how to
// go on. A test that hangs is killed by its alarm.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <semaphore>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "call_functions.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/named_loop.hpp"
#include "smartasync/portal.hpp"
#include "smartasync/run.hpp"
#include "smartasync/task_group.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/when_all.hpp"
#include "smartasync/with_timeout.hpp"

namespace {

using namespace std::chrono_literals;
using call_test::stub;
using smartasync::executor_options;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

struct hang : testing::Test {
  hang() { alarm(120); }
  ~hang() override { alarm(0); }
};

std::thread::id thread_here() { return std::this_thread::get_id(); }

/// What a coroutine that calls `f` on its loop's thread is told.
template <class F>
std::string refusal(F f) {
  return run([&]() -> task<std::string> {
    std::string said = "nothing";
    try {
      f();
    } catch (const smartasync::blocking_call_error& error) {
      said = error.what();
    }
    co_return said;
  });
}

// django/asgiref#249
TEST_F(hang, sync_code_under_async_code_under_sync_code_starts_a_task_that_needs_its_thread) {
  const auto body = []() -> task<std::thread::id> {
    const auto outer = [] {
      return run([]() -> task<std::thread::id> {
        smartasync::task_group<std::thread::id> group;
        group.spawn([] { return to_thread("serial", thread_here); });
        co_return (co_await group.join()).front();
      });
    };
    co_return co_await to_thread("serial", std::ref(outer));
  };
  EXPECT_EQ(run(body()), run(to_thread("serial", thread_here)));
}

// django/asgiref#348
TEST_F(hang, time_limit_around_a_call_on_the_thread_that_waits_for_it) {
  const auto outer = [] {
    return run(smartasync::with_timeout(1h, to_thread("serial", thread_here)));
  };
  EXPECT_EQ(run(to_thread("serial", std::ref(outer))), run(to_thread("serial", thread_here)));
}

// django/asgiref#357
TEST_F(hang, hop_over_another_executor_does_not_move_serial_code_to_another_thread) {
  const auto over_the_pool = [] { return run(to_thread("serial", thread_here)); };
  const auto outer = [&] { return run(to_thread("pool", std::ref(over_the_pool))); };
  EXPECT_EQ(run(to_thread("serial", std::ref(outer))), run(to_thread("serial", thread_here)));
}

// django/asgiref#482
TEST_F(hang, serial_code_of_many_loops_runs_on_one_thread) {
  std::mutex mutex;
  std::set<std::thread::id> seen;
  std::vector<std::thread> callers;
  for (int i = 0; i != 8; ++i) {
    callers.emplace_back([&] {
      for (int n = 0; n != 20; ++n) {
        const std::thread::id where = run(to_thread("serial", thread_here));
        const std::lock_guard lock(mutex);
        seen.insert(where);
      }
    });
  }
  for (std::thread& each : callers) each.join();
  EXPECT_EQ(seen.size(), 1U);
}

// django/asgiref#562, #558
TEST_F(hang, loop_captured_before_it_ended_refuses_instead_of_taking_and_never_answering) {
  auto loop = std::make_unique<smartasync::event_loop>();
  smartasync::portal in(*loop);
  std::thread runs([&] { loop->run(); });
  EXPECT_EQ(in.call([] { return 5; }), 5);
  loop->post([&] { loop->stop(); });
  runs.join();
  // Stopped, not ended: who waits now is told when the loop does end.
  std::future<int> waiting = in.submit([] { return 6; });
  loop.reset();
  try {
    EXPECT_EQ(waiting.get(), 6);
  } catch (const smartasync::loop_closed_error&) {
  }
  EXPECT_THROW(static_cast<void>(in.submit([] { return 7; })), smartasync::loop_closed_error);
}

// django/channels#1852
TEST_F(hang, one_loop_after_another_uses_the_same_serial_thread) {
  for (int i = 0; i != 50; ++i) {
    int got = 0;
    std::thread([&] {
      got = run([]() -> task<int> {
        const auto sync_code = [] { return stub<call_test::slow_add>(1, 2).get(); };
        co_return co_await to_thread("serial", std::ref(sync_code));
      });
    }).join();
    ASSERT_EQ(got, 3);
  }
}

// django/asgiref#323, django/channels#1194, tokio-rs/tokio#7387, #2586,
// griptape-ai/griptape-nodes-engine#4469, modal-labs/synchronicity#37
TEST_F(hang, sync_call_on_the_thread_of_the_loop_that_would_serve_it_says_which_and_what_to_do) {
  EXPECT_EQ(refusal([] { return smartasync::block<call_test::slow_add>(smartasync::sync, 1, 2); }),
            "Cannot call call_test::slow_add() synchronously from within an async context. Use "
            "'co_await' instead.");
  const auto helper_that_does_not_know_where_it_is_called = [] {
    return smartasync::block<call_test::slow_add>(smartasync::sync, 1, 2);
  };
  EXPECT_EQ(helper_that_does_not_know_where_it_is_called(), 3);
  EXPECT_NE(refusal(helper_that_does_not_know_where_it_is_called).find("'co_await'"),
            std::string::npos);
}

// python/cpython#66435, Kotlin/kotlinx.coroutines#3982
TEST_F(hang, run_inside_of_run_is_refused) {
  EXPECT_EQ(refusal([] { run(smartasync::yield()); }),
            "Cannot call smartasync::run() synchronously from within an async context. Use "
            "'co_await' instead.");
}

int nested_offloads(int depth) {
  if (depth == 0) return 0;
  const auto deeper = [depth] { return nested_offloads(depth - 1); };
  return 1 + run(to_thread("hang_one", std::ref(deeper)));
}

// tokio-rs/tokio#2376, Kotlin/kotlinx.coroutines#1397
TEST_F(hang, offload_nested_128_deep_on_a_pool_of_one) {
  smartasync::configure_executor("hang_one", {.max_threads = 1, .reserve_threads = 0});
  EXPECT_EQ(nested_offloads(128), 128);
  const auto from_a_coroutine = [] { return nested_offloads(128); };
  EXPECT_EQ(run(to_thread("hang_one", std::ref(from_a_coroutine))), 128);
}

// tokio-rs/tokio#2376
TEST_F(hang, more_blocking_calls_at_once_than_the_pool_has_threads) {
  smartasync::configure_executor("hang_few", {.max_threads = 4, .reserve_threads = 0});
  const auto blocks = [] { return run(to_thread("hang_few", [] { return 1; })); };
  const int sum = run([&]() -> task<int> {
    std::vector<task<int>> calls;
    for (int i = 0; i != 200; ++i) {
      calls.push_back([](const auto& call) -> task<int> {
        co_return co_await to_thread("hang_few", std::ref(call));
      }(blocks));
    }
    int total = 0;
    for (const int each : co_await smartasync::when_all(std::move(calls))) total += each;
    co_return total;
  });
  EXPECT_EQ(sum, 200);
}

// anyio: a limiter of one token; delta-io/delta-kernel-rs#3202, #1605; NVIDIA/stdexec#1429;
// David-Haim/concurrencpp#61
TEST_F(hang, limiter_of_one_whose_holder_needs_a_second_token) {
  smartasync::configure_executor("hang_limiter",
                                 {.max_threads = 1, .max_queue = 1, .reserve_threads = 0});
  const auto needs_another = [] {
    return run([]() -> task<int> {
      co_await smartasync::sleep_for(1ms);
      co_return 1 + co_await to_thread("hang_limiter", [] { return 1; });
    });
  };
  EXPECT_EQ(run(to_thread("hang_limiter", std::ref(needs_another))), 2);
}

// Every thread of the pool holds its slot and waits for another.
TEST_F(hang, full_pool_in_which_every_call_needs_a_second_slot) {
  smartasync::configure_executor("hang_full", {.max_threads = 3, .reserve_threads = 0});
  std::latch all_inside(3);
  const auto needs_another = [&] {
    all_inside.arrive_and_wait();
    return run(to_thread("hang_full", [] { return 1; }));
  };
  const auto [a, b, c] = run(smartasync::when_all(to_thread("hang_full", std::ref(needs_another)),
                                                  to_thread("hang_full", std::ref(needs_another)),
                                                  to_thread("hang_full", std::ref(needs_another))));
  EXPECT_EQ(a + b + c, 3);
}

// Kotlin/kotlinx.coroutines#4215
TEST_F(hang, thread_that_waits_runs_nothing_of_another_chain_below_its_own_locks) {
  smartasync::configure_executor("hang_locks", {.max_threads = 1, .reserve_threads = 1});
  std::mutex authors_lock;
  std::latch inside(1);
  const auto holds_it_and_waits = [&] {
    const std::lock_guard held(authors_lock);
    inside.count_down();
    run(smartasync::sleep_for(5ms));
  };
  const auto wants_it = [&] { const std::lock_guard held(authors_lock); };
  run([&]() -> task<> {
    smartasync::task_group<> group;
    group.spawn([&] { return to_thread("hang_locks", std::ref(holds_it_and_waits)); });
    co_await to_thread([&] { inside.wait(); });
    group.spawn([&] { return to_thread("hang_locks", std::ref(wants_it)); });
    co_await group.join();
  });
}

// googleapis/google-cloud-cpp#9291, python/cpython: run_coroutine_threadsafe(...).result()
TEST_F(hang, future_of_a_loop_asked_for_on_that_loop_is_refused_before_anyone_can_wait) {
  smartasync::portal in(smartasync::named_loop("hang_net"));
  const std::string said = in.call([&in]() -> std::string {
    try {
      return std::to_string(in.submit([] { return 1; }).get());
    } catch (const smartasync::blocking_call_error& error) {
      return error.what();
    }
  });
  EXPECT_NE(said.find("its own loop"), std::string::npos) << said;
  EXPECT_NE(said.find("'co_await'"), std::string::npos) << said;
}

// fastapi/fastapi#12066, #3205, #15388
TEST_F(hang, calls_that_wait_for_a_resource_do_not_keep_those_that_give_it_back_from_running) {
  smartasync::configure_executor("hang_acquire", {.max_threads = 2, .reserve_threads = 0});
  std::counting_semaphore<> connections(0);
  std::atomic<int> served{0};
  const auto acquire = [&] {
    connections.acquire();
    ++served;
  };
  run([&]() -> task<> {
    smartasync::task_group<> group;
    for (int i = 0; i != 10; ++i) {
      group.spawn([&] { return to_thread("hang_acquire", std::ref(acquire)); });
      group.spawn([&] { return to_thread([&] { connections.release(); }); });
    }
    co_await group.join();
  });
  EXPECT_EQ(served, 10);
}

// agronholm/anyio#629, python/cpython#107505
TEST_F(hang, end_of_a_cancelled_run_does_not_wait_for_calls_that_were_still_in_the_queue) {
  smartasync::configure_executor("hang_queue", {.max_threads = 1, .reserve_threads = 0});
  std::latch busy(1);
  std::latch may_end(1);
  const auto blocks = [&] {
    busy.count_down();
    may_end.wait();
  };
  std::thread other([&] { run(to_thread("hang_queue", std::ref(blocks))); });
  busy.wait();
  EXPECT_THROW(run(smartasync::with_timeout(1ms, to_thread("hang_queue", [] {}))),
               smartasync::timeout_error);
  may_end.count_down();
  other.join();
}

}  // namespace
