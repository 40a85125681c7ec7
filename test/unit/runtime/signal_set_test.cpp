// SPDX-License-Identifier: MIT
// Signals are raised by the thread that handles them: ThreadSanitizer puts off those of others.
#include "smartasync/signal_set.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <stop_token>
#include <system_error>
#include <thread>
#include <vector>

#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/task_group.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/with_timeout.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::run;
using smartasync::signal_set;
using smartasync::task;

TEST(signal_set, wakes_the_coroutine_that_waits_and_the_loop_goes_on_meanwhile) {
  int ticks = 0;
  const int got = run([&]() -> task<int> {
    signal_set set({SIGUSR1, SIGUSR2});
    smartasync::task_group<> group;
    group.spawn([&]() -> task<> {
      while (++ticks != 5) co_await smartasync::sleep_for(1ms);
      raise(SIGUSR2);
    });
    const int signal = co_await set.next();
    co_await group.join();
    co_return signal;
  });
  EXPECT_EQ(got, SIGUSR2);
  EXPECT_EQ(ticks, 5);
}

TEST(signal_set, wakes_a_loop_that_sleeps_for_a_signal_on_another_thread) {
  for (int i = 0; i != 50; ++i) {
    signal_set set({SIGUSR1});
    std::thread sender;
    const int got = run([&]() -> task<int> {
      sender = std::thread([] { raise(SIGUSR1); });
      co_return co_await set.next();
    });
    sender.join();
    ASSERT_EQ(got, SIGUSR1);
  }
}

TEST(signal_set, keeps_what_comes_between_two_awaits) {
  signal_set set({SIGUSR1, SIGUSR2});
  raise(SIGUSR2);
  raise(SIGUSR1);
  raise(SIGUSR1);
  EXPECT_EQ(run(set.next()), SIGUSR1) << "the lowest first, and once";
  EXPECT_EQ(run(set.next()), SIGUSR2);
  EXPECT_THROW(run(smartasync::with_timeout(1ms, set.next())), smartasync::timeout_error);
}

TEST(signal_set, wait_is_cancelled_and_can_begin_again) {
  signal_set set({SIGUSR1});
  std::stop_source stop;
  const auto body = [&]() -> task<> {
    stop.request_stop();
    static_cast<void>(co_await set.next());
  };
  EXPECT_THROW(run(body(), {.stop = stop.get_token()}), smartasync::cancelled_error);
  raise(SIGUSR1);
  EXPECT_EQ(run(set.next()), SIGUSR1);
}

TEST(signal_set, tells_each_of_several_and_puts_back_what_was_installed_before) {
  struct sigaction mine{};
  mine.sa_handler = [](int) {};
  struct sigaction old{};
  ASSERT_EQ(sigaction(SIGUSR1, &mine, &old), 0);
  {
    signal_set first({SIGUSR1});
    {
      signal_set second({SIGUSR1});
      raise(SIGUSR1);
      EXPECT_EQ(run(second.next()), SIGUSR1);
    }
    EXPECT_EQ(run(first.next()), SIGUSR1);
    raise(SIGUSR1);
    EXPECT_EQ(run(first.next()), SIGUSR1) << "after the end of the other";
  }
  struct sigaction now{};
  ASSERT_EQ(sigaction(SIGUSR1, &old, &now), 0);
  EXPECT_EQ(now.sa_handler, mine.sa_handler);
}

TEST(signal_set, has_its_signals_again_after_a_run_that_one_of_them_cancelled) {
  signal_set set({SIGUSR1});
  const auto body = []() -> task<> {
    raise(SIGUSR1);
    co_await smartasync::sleep_for(1h);
  };
  EXPECT_THROW(run(body(), {.cancel_on_signals = {SIGUSR1}}), smartasync::cancelled_error);
  EXPECT_EQ(run(set.next()), SIGUSR1);
  raise(SIGUSR1);
  EXPECT_EQ(run(set.next()), SIGUSR1);
}

TEST(signal_set, of_what_cannot_be_caught_is_an_error) {
  EXPECT_THROW(signal_set({SIGKILL}), std::system_error);
  EXPECT_THROW(signal_set({0}), std::system_error);
}

}  // namespace
