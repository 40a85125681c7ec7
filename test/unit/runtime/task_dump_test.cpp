// SPDX-License-Identifier: MIT
// What debug mode tells of the live tasks to who asks: who waits for whom, and for what in the end.
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <latch>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "call_functions.hpp"
#include "heard_reports.hpp"
#include "smartasync/smartasync.hpp"

namespace debug_test {

using namespace call_test;
using debug_reports::has;
using debug_reports::heard_reports;
using smartasync::run;
using smartasync::task;

// Before the runtime is used for the first time.
const bool in_debug_mode = ::setenv("SMARTASYNC_DEBUG", "1", 1) == 0;

struct looks : sync_function<std::string> {
  static constexpr smartasync::site site{.function = "debug_test::looks", .executor = "debug"};
  using arguments = smartasync::keep<>;
  static std::string invoke() { return smartasync::describe_tasks(); }
};

struct holds_its_lane : sync_function<void> {
  static constexpr smartasync::site site{.function = "debug_test::holds_its_lane", .serial = true};
  using arguments = smartasync::keep<smartasync::moved<std::shared_future<void>>>;
  static void invoke(std::shared_future<void> until) { until.wait(); }
};

struct holds_the_loop : async_function<void> {
  static constexpr smartasync::site site{.function = "debug_test::holds_the_loop"};
  using arguments = smartasync::keep<smartasync::moved<std::future<void>>,
                                     smartasync::borrowed<std::atomic<bool>&>>;
  static task<void> invoke(std::future<void> until, std::atomic<bool>& begun) {
    begun = true;
    begun.notify_one();
    until.wait();
    co_return;
  }
};

task<std::string> sleeps_beside(std::string_view) {
  co_await smartasync::sleep_for(1h);
  co_return "";
}

TEST(debug, shows_who_waits_for_whom_and_for_what_in_the_end) {
  heard_reports reports;
  const auto both = [] { return smartasync::when_any(sleeps_beside("a"), stub<looks>()); };
  const std::string seen = run([&]() -> task<std::string> {
    auto ended = co_await smartasync::with_timeout(2h, both());
    co_return std::get<1>(ended);
  });
  // Each task that waits is indented under the one that waits for it.
  EXPECT_TRUE(has(seen, "\n  run: "));
  EXPECT_TRUE(has(seen, ": waits for with_timeout, "));
  EXPECT_TRUE(has(seen, "\n    operand: waits for when_any"));
  EXPECT_TRUE(has(seen, "\n      operand: debug_test::sleeps_beside: waits for a timer, "));
  EXPECT_TRUE(has(seen,
                  "\n      operand: waits for debug_test::looks() on executor \"debug\", running "
                  "on thread "));
}

TEST(debug, shows_waits_of_every_sort) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const std::string seen = run([&]() -> task<std::string> {
    std::string found;
    std::promise<void> end;
    const std::shared_future<void> until = end.get_future();
    const auto body = [&](auto& group) -> task<void> {
      group.spawn([&]() -> task<void> { co_await smartasync::readable(ends[0]); });
      group.spawn([&]() -> task<void> {
        for (;;) co_await smartasync::yield();
      });
      group.spawn([&]() -> task<void> { co_await smartasync::sleep_for(24h * 1000); });
      group.spawn([&]() -> task<void> { co_await stub<holds_its_lane>(until); });
      group.spawn([&]() -> task<void> { co_await stub<holds_its_lane>(until); });
      for (int i = 0; i != 3; ++i) co_await smartasync::yield();  // All have started.
      found = co_await stub<looks>();
      end.set_value();
      group.cancel();
    };
    try {
      co_await smartasync::with_task_group<void>(body);
    } catch (const smartasync::cancelled_error&) {
      // The members end so.
    }
    co_return found;
  });
  ::close(ends[0]);
  ::close(ends[1]);
  EXPECT_TRUE(has(seen, "run: "));
  EXPECT_TRUE(has(seen, ": waits for its task_group"));
  EXPECT_TRUE(has(seen, ": waits for descriptor " + std::to_string(ends[0]) + " to be readable"));
  EXPECT_TRUE(has(seen, ": waits for its turn"));
  EXPECT_TRUE(has(seen, ": waits for a timer, without an end"));
  EXPECT_TRUE(has(seen, "waits for the serial lane of debug_test::holds_its_lane()"));
  EXPECT_TRUE(has(seen, "waits for debug_test::holds_its_lane() on executor \"pool\", "));
}

TEST(debug, is_not_held_up_by_a_loop_that_is_busy) {
  heard_reports reports;
  std::promise<void> end;
  std::atomic<bool> begun = false;
  std::thread busy([&] {
    run([&]() -> task<void> {
      smartasync::spawn(sleeps_beside("b"));
      co_await smartasync::yield();
      co_await stub<holds_the_loop>(end.get_future(), begun);
    });
  });
  begun.wait(false);
  const std::string seen = smartasync::describe_tasks();
  end.set_value();
  busy.join();
  EXPECT_TRUE(has(seen, ": busy in "));
  EXPECT_TRUE(has(seen, "debug_test::holds_the_loop for "));
  EXPECT_TRUE(has(seen, "debug_test::sleeps_beside: waits for a timer, "));
}

task<void> would_give() { co_return; }

/// Blocks its loop for what only other work on that loop would bring.
struct waits_for_its_own_loop : async_function<void> {
  static constexpr smartasync::site site{.function = "debug_test::waits_for_its_own_loop"};
  using arguments =
      smartasync::keep<smartasync::moved<std::future<void>>, smartasync::borrowed<std::latch&>>;
  static task<void> invoke(std::future<void> given, std::latch& begun) {
    smartasync::spawn(would_give());
    begun.count_down();
    given.wait();
    co_return;
  }
};

// What waits so is in no chain, and nobody is told. Who looks is.
TEST(debug, names_the_step_that_waits_for_a_future_of_its_own_loop) {
  heard_reports reports;
  std::promise<void> given;
  std::latch begun(1);
  std::thread stuck([&] { stub<waits_for_its_own_loop>(given.get_future(), begun); });
  begun.wait();
  const std::string seen = smartasync::describe_tasks();
  given.set_value();
  stuck.join();
  EXPECT_TRUE(has(seen, ": busy in "));
  EXPECT_TRUE(has(seen, "debug_test::waits_for_its_own_loop for "));
  EXPECT_TRUE(has(seen, "spawn: debug_test::would_give: has not started for "));
}

/// Blocks the only thread of its executor for a flag that a call in its queue would set.
struct waits_for_a_flag : sync_function<void> {
  static constexpr smartasync::site site{.function = "debug_test::waits_for_a_flag",
                                         .executor = "debug_one"};
  using arguments =
      smartasync::keep<smartasync::borrowed<std::latch&>, smartasync::borrowed<std::latch&>>;
  static void invoke(std::latch& begun, std::latch& flag) {
    begun.count_down();
    flag.wait();
  }
};

struct would_set_it : sync_function<void> {
  static constexpr smartasync::site site{.function = "debug_test::would_set_it",
                                         .executor = "debug_one"};
  using arguments = smartasync::keep<>;
  static void invoke() {}
};

TEST(debug, names_the_call_that_waits_for_a_flag_and_the_one_behind_it) {
  heard_reports reports;
  smartasync::configure_executor("debug_one", {.max_threads = 1, .reserve_threads = 0});
  std::latch begun(1);
  std::latch flag(1);
  std::string seen;
  run([&]() -> task<void> {
    smartasync::task_group<void> group;
    group.spawn([&] { return stub<waits_for_a_flag>(begun, flag); });
    group.spawn([]() -> task<void> { co_await stub<would_set_it>(); });
    co_await smartasync::to_thread([&] { begun.wait(); });
    seen = smartasync::describe_tasks();
    flag.count_down();
    co_await group.join();
  });
  EXPECT_TRUE(
      has(seen, "waits for debug_test::waits_for_a_flag() on executor \"debug_one\", running "));
  EXPECT_TRUE(
      has(seen, "waits for debug_test::would_set_it() on executor \"debug_one\", queued for "));
}

TEST(debug, follows_a_chain_from_one_loop_to_another) {
  std::string seen;
  smartasync::event_loop& net = smartasync::named_loop("debug_net");
  run([&]() -> task<void> {
    smartasync::detail::loop_hop<std::string> hop(net, []() -> task<std::string> {
      co_return co_await smartasync::to_thread([] { return smartasync::describe_tasks(); });
    }());
    seen = co_await hop;
  });
  EXPECT_TRUE(has(seen, ": waits for the loop of thread "));
  EXPECT_TRUE(has(seen, "\n    hop: "));
  EXPECT_TRUE(has(seen, ": waits for a call on executor \"pool\", running on thread "));
}

TEST(debug, dumps_the_tasks_on_a_signal) {
  heard_reports reports;
  smartasync::dump_tasks_on_signal(SIGUSR1);
  run([&]() -> task<void> {
    co_await smartasync::when_any(sleeps_beside("c"), smartasync::to_thread([&] {
                                    ::raise(SIGUSR1);
                                    reports.wait_for("sleeps_beside");
                                  }));
  });
  EXPECT_TRUE(has(reports.take(), "operand: debug_test::sleeps_beside: waits for a timer, "));
  EXPECT_THROW(smartasync::dump_tasks_on_signal(SIGKILL), std::system_error);
  ::signal(SIGUSR1, SIG_DFL);
}

TEST(debug, shows_what_came_through_a_portal) {
  smartasync::portal into(smartasync::named_loop("debug_net"));
  const std::string seen = into.call([] { return stub<looks>(); });
  EXPECT_TRUE(has(seen, "\n  portal: "));
  EXPECT_TRUE(has(seen, ": waits for debug_test::looks() on executor \"debug\", running on "));
}

TEST(debug, looks_while_loops_on_many_threads_run) {
  heard_reports reports;
  std::atomic<int> running = 4;
  std::vector<std::thread> threads;
  for (int i = 0; i != 4; ++i) {
    threads.emplace_back([&] {
      run([]() -> task<void> {
        for (int n = 0; n != 50; ++n) {
          co_await smartasync::when_all(stub<slow_add>(n, 1), stub<shout>("a"),
                                        smartasync::yield());
        }
      });
      --running;
    });
  }
  while (running != 0) EXPECT_TRUE(has(smartasync::describe_tasks(), "smartasync: live tasks: "));
  for (std::thread& each : threads) each.join();
  // Nothing is left behind in the tables.
  EXPECT_FALSE(has(smartasync::describe_tasks(), "slow_add"));
}

}  // namespace debug_test
