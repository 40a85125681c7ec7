// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <system_error>
#include <thread>

#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::run;
using smartasync::task;

sighandler_t installed_for(int signal) {
  struct sigaction now{};
  sigaction(signal, nullptr, &now);
  return now.sa_handler;
}

TEST(signal_slots, signal_cancels_the_run_and_the_task_unwinds) {
  bool unwound = false;
  auto body = [&]() -> task<> {
    try {
      raise(SIGUSR1);
      co_await smartasync::sleep_for(1h);
    } catch (const smartasync::cancelled_error&) {
      unwound = true;
      throw;
    }
  };
  EXPECT_THROW(run(body(), {.cancel_on_signals = {SIGUSR1}}), smartasync::cancelled_error);
  EXPECT_TRUE(unwound);
}

/// Lets SIGUSR1 be handled on the thread that sends it alone: ThreadSanitizer puts off a signal of
/// another thread until the next function that it knows to block, and a futex is none.
class taken_by_the_sender {
 public:
  taken_by_the_sender() { pthread_sigmask(SIG_BLOCK, &signals(), nullptr); }
  ~taken_by_the_sender() { pthread_sigmask(SIG_UNBLOCK, &signals(), nullptr); }
  taken_by_the_sender(const taken_by_the_sender&) = delete;
  taken_by_the_sender& operator=(const taken_by_the_sender&) = delete;

  static std::thread send() {
    return std::thread([] {
      pthread_sigmask(SIG_UNBLOCK, &signals(), nullptr);
      kill(getpid(), SIGUSR1);
    });
  }

 private:
  static const sigset_t& signals() {
    static const sigset_t one = [] {
      sigset_t made;
      sigemptyset(&made);
      sigaddset(&made, SIGUSR1);
      return made;
    }();
    return one;
  }
};

TEST(signal_slots, signal_from_another_thread_wakes_a_loop_that_sleeps) {
  const taken_by_the_sender blocked;
  std::thread sender;
  auto body = [&]() -> task<> {
    sender = taken_by_the_sender::send();
    co_await smartasync::sleep_for(1h);
  };
  EXPECT_THROW(run(body(), {.cancel_on_signals = {SIGUSR1}}), smartasync::cancelled_error);
  sender.join();
}

TEST(signal_slots, run_that_catches_the_cancellation_gives_its_result) {
  auto body = []() -> task<int> {
    raise(SIGUSR1);
    try {
      co_await smartasync::sleep_for(1h);
    } catch (const smartasync::cancelled_error&) {
    }
    co_return 5;
  };
  EXPECT_EQ(run(body(), {.cancel_on_signals = {SIGUSR1}}), 5);
}

TEST(signal_slots, signal_that_comes_last_does_not_outlive_the_run) {
  for (int i = 0; i != 100; ++i) {
    auto body = []() -> task<int> {
      raise(SIGUSR1);
      co_return 6;
    };
    EXPECT_EQ(run(body(), {.cancel_on_signals = {SIGUSR1}}), 6);
    run(smartasync::sleep_for(0ms));
  }
}

TEST(signal_slots, what_was_installed_before_is_put_back) {
  const auto mine = [](int) {};
  signal(SIGUSR2, mine);
  const sighandler_t before = installed_for(SIGUSR2);
  sighandler_t during = before;
  auto body = [&]() -> task<> {
    during = installed_for(SIGUSR2);
    raise(SIGUSR2);
    co_return;
  };
  run(body(), {.cancel_on_signals = {SIGUSR2}});
  EXPECT_NE(during, before);
  EXPECT_EQ(installed_for(SIGUSR2), before);
  signal(SIGUSR2, SIG_DFL);
}

TEST(signal_slots, after_the_first_every_signal_of_the_run_has_its_default_effect) {
  auto body = [&]() -> task<> {
    EXPECT_NE(installed_for(SIGUSR2), SIG_DFL);
    raise(SIGUSR1);
    EXPECT_EQ(installed_for(SIGUSR1), SIG_DFL);
    EXPECT_EQ(installed_for(SIGUSR2), SIG_DFL);
    co_return;
  };
  run(body(), {.cancel_on_signals = {SIGUSR1, SIGUSR2}});
}

TEST(signal_slots, runs_on_two_threads_are_both_cancelled_by_one_signal) {
  const taken_by_the_sender blocked;
  std::thread sender;
  std::atomic<int> waiting{0};
  std::atomic<int> cancelled{0};
  auto body = [&]() -> task<> {
    if (++waiting == 2) sender = taken_by_the_sender::send();
    co_await smartasync::sleep_for(1h);
  };
  auto runner = [&] {
    try {
      run(body(), {.cancel_on_signals = {SIGUSR1}});
    } catch (const smartasync::cancelled_error&) {
      ++cancelled;
    }
  };
  std::thread first(runner);
  std::thread second(runner);
  first.join();
  second.join();
  sender.join();
  EXPECT_EQ(cancelled.load(), 2);
}

TEST(signal_slots, signal_that_cannot_be_caught_is_an_error) {
  EXPECT_THROW(run(smartasync::sleep_for(0ms), {.cancel_on_signals = {SIGKILL}}),
               std::system_error);
  EXPECT_THROW(run(smartasync::sleep_for(0ms), {.cancel_on_signals = {SIGUSR1, 1000}}),
               std::system_error);
  EXPECT_EQ(installed_for(SIGUSR1), SIG_DFL);
}

}  // namespace
