// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stop_token>
#include <thread>

#include "call_functions.hpp"
#include "combinator_operations.hpp"
#include "smartasync/context_var.hpp"
#include "smartasync/stop_token.hpp"
#include "smartasync/when_all.hpp"
#include "smartasync/with_timeout.hpp"

namespace {

using namespace combinator_test;
using smartasync::run;
using smartasync::with_timeout;

/// Owns all that it uses, as a `call` does whose `held` is `hold::owned`.
template <class T>
class owned {
 public:
  explicit owned(task<T> work) : work_(std::move(work)) {}
  auto operator co_await() && { return std::move(work_).operator co_await(); }
  task<T> to_task() && { return std::move(work_); }

 private:
  task<T> work_;
};

template <class A>
concept can_be_abandoned =
    requires(A&& a) { with_timeout(1s, std::forward<A>(a), smartasync::abandon); };
static_assert(can_be_abandoned<owned<int>>);
static_assert(!can_be_abandoned<owned<int>&>, "it is consumed");
static_assert(!can_be_abandoned<task<int>>, "its arguments may be references");
static_assert(!can_be_abandoned<smartasync::sleep_awaiter>);
using owned_call = smartasync::call<int, call_test::slow_add>;
using scoped_call = smartasync::call<void, call_test::touch>;
using in_place_call = smartasync::call<std::size_t, call_test::measure>;
static_assert(can_be_abandoned<owned_call> && !can_be_abandoned<owned_call&>);
static_assert(!can_be_abandoned<scoped_call> && !can_be_abandoned<in_place_call>);

TEST(with_timeout_abandon, takes_an_owned_call_and_a_callable_that_makes_one) {
  const int sum = run([]() -> task<int> {
    const int first = co_await with_timeout(for_ever, call_test::stub<call_test::slow_add>(1, 2),
                                            smartasync::abandon);
    auto makes = [] { return call_test::stub<call_test::slow_add>(3, 4); };
    co_return first + co_await with_timeout(for_ever, makes, smartasync::abandon);
  });
  EXPECT_EQ(sum, 10);
}

TEST(with_timeout_abandon, gives_the_result_of_what_ends_in_time) {
  EXPECT_EQ(run(with_timeout(for_ever, owned(after_yields(3, 3)), smartasync::abandon)), 3);
  EXPECT_EQ(run(with_timeout(0s, owned(at_once(4)), smartasync::abandon)), 4);
  auto makes = [] { return owned(after_yields(5, 1)); };
  EXPECT_EQ(run(with_timeout(for_ever, makes, smartasync::abandon)), 5);
  EXPECT_EQ(text_of_error([] {
              run(with_timeout(for_ever, owned(fails_after_yields("own", 1)), smartasync::abandon));
            }),
            "own");
}

/// Waits for the gate and tells that it has passed it.
task<> passes(gate& release, bool& passed) {
  co_await release;
  passed = true;
}

template <class Operation>
task<bool> is_late(Operation operation) {
  try {
    co_await std::move(operation);
  } catch (const smartasync::timeout_error&) {
    co_return true;
  }
  co_return false;
}

TEST(with_timeout_abandon, returns_at_the_deadline_and_lets_the_operation_end_alone) {
  run([]() -> task<> {
    for (const auto limit : {0ms, 1ms}) {
      gate release;
      bool ended = false;
      EXPECT_TRUE(co_await is_late(
          with_timeout(limit, owned(passes(release, ended)), smartasync::abandon)));
      EXPECT_FALSE(ended);
      release.open();
      while (!ended) co_await smartasync::yield();
    }
  });
}

TEST(with_timeout_abandon, asks_the_abandoned_operation_to_stop) {
  std::vector<std::string> log;
  run([&]() -> task<> {
    try {
      co_await with_timeout(1ms, owned(until_cancelled(log, "a", 1)), smartasync::abandon);
    } catch (const smartasync::timeout_error&) {
      log.push_back("left");
    }
    while (log.back() != "a ended") co_await smartasync::yield();
  });
  EXPECT_EQ(log, (std::vector<std::string>{"a waits", "a cancelled", "left", "a ended"}));
}

TEST(with_timeout_abandon, leaves_at_once_when_it_is_cancelled_from_outside) {
  run([]() -> task<> {
    gate release;
    bool ended = false;
    auto inner = with_timeout(for_ever, owned(passes(release, ended)), smartasync::abandon);
    EXPECT_TRUE(co_await is_late(with_timeout(1ms, std::move(inner))));
    EXPECT_FALSE(ended);
    release.open();
    while (!ended) co_await smartasync::yield();
  });
}

TEST(with_timeout_abandon, starts_with_the_variables_of_its_caller_and_keeps_its_own) {
  smartasync::context_var<int> level(0);
  run([&]() -> task<> {
    level.set(1);
    auto sets = [&]() -> task<int> {
      const int before = level.get();
      level.set(2);
      co_return before;
    };
    const int before = co_await with_timeout(for_ever, owned(sets()), smartasync::abandon);
    EXPECT_EQ(before, 1);
    EXPECT_EQ(level.get(), 1);
  });
}

TEST(with_timeout_abandon, the_end_of_the_loop_waits_for_what_was_abandoned) {
  std::promise<void> started;
  std::promise<void> release;
  std::atomic<bool> ended{false};
  std::thread caller([&] {
    // No closure: it goes on when this one is gone.
    auto job = [](std::promise<void>& begun, std::promise<void>& go,
                  std::atomic<bool>& tell) -> task<> {
      auto call = [&] {
        begun.set_value();
        go.get_future().wait();
      };
      co_await smartasync::to_thread(call);
      tell = true;
    };
    auto leaves = [&]() -> task<> {
      co_await smartasync::to_thread([&] { started.get_future().wait(); });
      throw std::runtime_error("leaves");
    };
    EXPECT_EQ(text_of_error([&] {
                run(smartasync::when_all(with_timeout(for_ever, owned(job(started, release, ended)),
                                                      smartasync::abandon),
                                         leaves()));
              }),
              "leaves");
    EXPECT_FALSE(ended);
    release.set_value();
  });
  caller.join();
  EXPECT_TRUE(ended);
}

// The deadline, the end of the call on its executor's thread, and the stop that it is asked for all
// meet at ever different points.
TEST(with_timeout_abandon, ends_once_whichever_of_the_deadline_and_the_call_comes_first) {
  std::atomic<int> ended{0};
  std::atomic<int> stopped{0};
  int in_time = 0;
  int late = 0;
  constexpr int count = 400;
  std::thread caller([&] {
    run([&]() -> task<> {
      for (int i = 0; i != count; ++i) {
        const auto needs = std::chrono::microseconds(i * 7 % 100);
        auto work = [](std::chrono::microseconds busy, std::atomic<int>& tell,
                       std::atomic<int>& asked) -> task<int> {
          const int given = co_await smartasync::to_thread([busy, &tell, &asked] {
            const std::stop_token stop = smartasync::current_stop_token();
            const std::stop_callback counts(stop, [&asked] { ++asked; });
            const auto until = std::chrono::steady_clock::now() + busy;
            while (std::chrono::steady_clock::now() < until && !stop.stop_requested()) {
            }
            ++tell;
            return 1;
          });
          co_return given;
        };
        try {
          in_time += co_await with_timeout(std::chrono::microseconds(i * 11 % 100),
                                           owned(work(needs, ended, stopped)), smartasync::abandon);
        } catch (const smartasync::timeout_error&) {
          ++late;
        }
      }
    });
  });
  caller.join();
  EXPECT_EQ(in_time + late, count);
  // What is taken out of the executor's queue is not called at all.
  EXPECT_GE(ended, in_time);
  EXPECT_LE(stopped, late);
}

}  // namespace
