// SPDX-License-Identifier: MIT
// The system refuses a thread: the error comes to who asked for it, and the rest goes on with the
// threads that are there.
#include <gtest/gtest.h>

#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <latch>
#include <string>
#include <system_error>
#include <vector>

#include "event.hpp"
#include "refusal.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace {

reliability::calls_left threads_left{reliability::all};

}  // namespace

extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                              void* (*body)(void*), void* argument) {
  if (reliability::refused(threads_left)) return EAGAIN;
  static const auto next = reliability::original<decltype(pthread_create)>("pthread_create");
  return next(thread, attributes, body, argument);
}

namespace {

using namespace std::chrono_literals;
using reliability::event;
using reliability::limit;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

/// The number of the system error that comes out of `f`, 0 where none does.
template <class F>
int system_error_of(F&& f) {
  try {
    f();
  } catch (const std::system_error& e) {
    return e.code().value();
  }
  return 0;
}

TEST(a_thread_that_is_refused, is_an_error_for_who_awaits_the_first_call) {
  reliability::watchdog guard("the first call");
  smartasync::thread_pool pool("none");
  auto offload = [&] { return run(to_thread(pool, [] { return 1; })); };
  {
    limit no_threads(threads_left, 0);
    EXPECT_EQ(system_error_of(offload), EAGAIN);
    EXPECT_EQ(pool.thread_count(), 0U);
    EXPECT_EQ(pool.queue_size(), 0U);
    EXPECT_EQ(run([]() -> task<int> {
                co_await smartasync::sleep_for(1us);
                co_return 2;
              }),
              2);
  }
  EXPECT_EQ(offload(), 1);
}

TEST(a_thread_that_is_refused, leaves_the_calls_to_those_that_are_there) {
  reliability::watchdog guard("the threads that are there");
  smartasync::thread_pool pool("two", {.max_threads = 8});
  limit two(threads_left, 2);
  std::atomic<int> ended{0};
  run([&]() -> task<> {
    std::vector<task<>> calls;
    for (int i = 0; i != 100; ++i) {
      calls.push_back([](smartasync::thread_pool& where, std::atomic<int>& count) -> task<> {
        co_await to_thread(where, [&] { ++count; });
      }(pool, ended));
    }
    co_await smartasync::when_all(std::move(calls));
  });
  EXPECT_EQ(ended, 100);
  EXPECT_GE(pool.thread_count(), 1U);
  EXPECT_LE(pool.thread_count(), 2U);
}

TEST(a_thread_that_is_refused, lets_a_call_run_on_the_thread_that_waits_for_it) {
  reliability::watchdog guard("the thread that waits");
  smartasync::thread_pool pool("one", {.max_threads = 8});
  limit only_one(threads_left, 1);
  const int value = run([&]() -> task<int> {
    co_return co_await to_thread(pool, [&] {
      // The only thread blocks here, and runs the inner call meanwhile.
      return run([&]() -> task<int> { co_return co_await to_thread(pool, [] { return 3; }); });
    });
  });
  EXPECT_EQ(value, 3);
}

TEST(a_thread_that_is_refused, is_an_error_where_every_thread_blocks_and_none_would_take_the_call) {
  reliability::watchdog guard("a pool whose only thread blocks");
  smartasync::thread_pool pool("stuck", {.max_threads = 8});
  smartasync::event_loop& loop = smartasync::named_loop("other chain");
  limit only_one(threads_left, 1);
  const int error = run([&]() -> task<int> {
    co_return co_await to_thread(pool, [&] {
      event answered;
      int answer = 0;
      run([&]() -> task<> {
        // The thread blocks by now, for what a chain starts that is not its own.
        smartasync::spawn(loop, [&]() -> task<> {
          try {
            co_await to_thread(pool, [] {});
          } catch (const std::system_error& e) {
            answer = e.code().value();
          }
          answered.set();
        });
        co_await answered;
      });
      return answer;
    });
  });
  EXPECT_EQ(error, EAGAIN);
}

TEST(a_thread_that_is_refused,
     is_an_error_for_a_call_that_was_queued_before_the_last_thread_blocked) {
  reliability::watchdog guard("a call behind a thread that then blocks");
  smartasync::thread_pool pool("late", {.max_threads = 8});
  smartasync::event_loop& loop = smartasync::named_loop("other chain");
  limit only_one(threads_left, 1);
  std::string said;
  const int error = run([&]() -> task<int> {
    co_return co_await to_thread(pool, [&] {
      event answered;
      int answer = 0;
      smartasync::spawn(loop, [&]() -> task<> {
        try {
          co_await to_thread(pool, [] {});
        } catch (const std::system_error& e) {
          answer = e.code().value();
          said = e.what();
        }
        answered.set();
      });
      std::latch queued(1);
      loop.post([&] { queued.count_down(); });
      queued.wait();
      EXPECT_EQ(pool.queue_size(), 1U);
      run([&]() -> task<> { co_await answered; });
      return answer;
    });
  });
  EXPECT_EQ(error, EAGAIN);
  EXPECT_NE(said.find("the executor \"late\", each of which blocks"), std::string::npos) << said;
}

TEST(a_thread_that_is_refused, is_an_error_for_the_caller_of_a_named_loop) {
  reliability::watchdog guard("a named loop");
  {
    limit no_threads(threads_left, 0);
    EXPECT_EQ(system_error_of([] { static_cast<void>(smartasync::named_loop("refused")); }),
              EAGAIN);
  }
  smartasync::event_loop& loop = smartasync::named_loop("refused");
  std::latch ran(1);
  loop.post([&] { ran.count_down(); });
  ran.wait();
}

}  // namespace
