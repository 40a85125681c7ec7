// SPDX-License-Identifier: MIT
#include "smartasync/task_group.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "call_functions.hpp"
#include "combinator_operations.hpp"
#include "smartasync/context_var.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/with_timeout.hpp"

namespace {

using namespace combinator_test;
using smartasync::run;
using smartasync::task_group;

TEST(task_group, join_gives_the_results_in_the_order_of_spawn) {
  const auto results = run([]() -> task<std::vector<int>> {
    task_group<int> group;
    for (int i = 0; i != 5; ++i) group.spawn(after_yields(i, 5 - i));
    group.spawn([] { return at_once(5); });
    co_return co_await group.join();
  });
  EXPECT_EQ(results, (std::vector<int>{0, 1, 2, 3, 4, 5}));
}

TEST(task_group, of_void_drops_what_its_members_give) {
  int ended = 0;
  run([&]() -> task<> {
    task_group<> group;
    auto counts = [&](int yields) -> task<int> {
      co_await after_yields(0, yields);
      co_return ++ended;
    };
    group.spawn(counts(3));
    group.spawn(counts(0));
    group.spawn(smartasync::sleep_for(1ms));
    co_await group.join();
    EXPECT_EQ(ended, 2);
  });
}

TEST(task_group, a_join_without_members_is_ready) {
  run([]() -> task<> {
    task_group<> nothing;
    co_await nothing.join();
    task_group<int> none;
    EXPECT_TRUE((co_await none.join()).empty());
    task_group<> never_joined;
  });
}

TEST(task_group, starts_a_member_after_the_step_that_spawned_it) {
  run([]() -> task<> {
    bool started = false;
    task_group<> group;
    group.spawn([&]() -> task<> {
      started = true;
      co_return;
    });
    EXPECT_FALSE(started);
    co_await group.join();
    EXPECT_TRUE(started);
  });
}

TEST(task_group, the_first_failure_cancels_the_rest_and_waits_for_all_of_them) {
  std::vector<std::string> log;
  const std::string error = text_of_error([&] {
    run([&]() -> task<> {
      task_group<int> group;
      group.spawn(until_cancelled(log, "a", 3));
      group.spawn(fails_after_yields("second", 9));
      group.spawn(fails_after_yields("first", 2));
      group.spawn(until_cancelled(log, "b"));
      co_await group.join();
    });
  });
  EXPECT_EQ(error, "first");
  EXPECT_EQ(std::count(log.begin(), log.end(), "a ended"), 1);
  EXPECT_EQ(std::count(log.begin(), log.end(), "b ended"), 1);
}

TEST(task_group, takes_what_a_callable_throws_for_the_member_s_failure) {
  auto throws = []() -> task<> { throw std::runtime_error("no operation"); };
  EXPECT_EQ(text_of_error([&] {
              run([&]() -> task<> {
                task_group<> group;
                group.spawn(throws);
                co_await group.join();
              });
            }),
            "no operation");
}

TEST(task_group, members_may_spawn_members) {
  struct tree {
    static task<int> grow(task_group<int>& group, int depth) {
      if (depth > 0) {
        group.spawn(grow(group, depth - 1));
        group.spawn(grow(group, depth - 1));
      }
      co_await smartasync::yield();
      co_return 1;
    }
  };
  const std::size_t members = run([]() -> task<std::size_t> {
    task_group<int> group;
    group.spawn(tree::grow(group, 6));
    const auto results = co_await group.join();
    co_return results.size();
  });
  EXPECT_EQ(members, 127U);
}

TEST(task_group, cancelled_from_outside_it_waits_for_its_members) {
  std::vector<std::string> log;
  auto body = [&]() -> task<> {
    task_group<int> group;
    group.spawn(until_cancelled(log, "a", 2));
    group.spawn(until_cancelled(log, "b"));
    co_await group.join();
  };
  EXPECT_THROW(run(smartasync::with_timeout(1ms, body())), smartasync::timeout_error);
  EXPECT_EQ(log.size(), 6U);
}

TEST(task_group, a_join_that_is_cancelled_alone_cancels_the_members) {
  std::vector<std::string> log;
  run([&]() -> task<> {
    task_group<int> group;
    group.spawn(until_cancelled(log, "a", 2));
    bool late = false;
    try {
      co_await smartasync::with_timeout(1ms, group.join());
    } catch (const smartasync::timeout_error&) {
      late = true;
    }
    EXPECT_TRUE(late);
    EXPECT_EQ(log.back(), "a ended");
  });
}

TEST(task_group, a_join_in_a_cancelled_chain_cancels_the_members) {
  std::vector<std::string> log;
  auto body = [&]() -> task<> {
    task_group<int> group;
    group.spawn(until_cancelled(log, "a", 1));
    try {
      co_await smartasync::sleep_for(for_ever);
    } catch (const smartasync::cancelled_error&) {
    }
    co_await group.join();
  };
  EXPECT_THROW(run(smartasync::with_timeout(1ms, body())), smartasync::timeout_error);
  EXPECT_EQ(log.back(), "a ended");
}

TEST(task_group, cancel_asks_every_member_to_stop) {
  std::vector<std::string> log;
  run([&]() -> task<> {
    task_group<int> group;
    group.spawn(until_cancelled(log, "a"));
    co_await smartasync::yield();
    group.cancel();
    group.spawn(until_cancelled(log, "b"));
    bool cancelled = false;
    try {
      co_await group.join();
    } catch (const smartasync::cancelled_error&) {
      cancelled = true;
    }
    EXPECT_TRUE(cancelled);
    EXPECT_EQ(log.size(), 6U);
  });
}

TEST(task_group, a_member_starts_with_the_variables_of_who_spawned_it) {
  smartasync::context_var<int> level(0);
  run([&]() -> task<> {
    task_group<int> group;
    auto reads = [&](int then) -> task<int> {
      const int seen = level.get();
      level.set(then);
      co_await smartasync::yield();
      EXPECT_EQ(level.get(), then);
      co_return seen;
    };
    auto spawns = [&]() -> task<int> {
      level.set(7);
      group.spawn(reads(70));
      co_return 0;
    };
    level.set(1);
    group.spawn(reads(10));
    level.set(2);
    group.spawn(reads(20));
    group.spawn(spawns());
    level.set(3);
    const auto seen = co_await group.join();
    EXPECT_EQ(seen, (std::vector<int>{1, 2, 0, 7}));
    EXPECT_EQ(level.get(), 3);
  });
}

TEST(task_group, holds_references_move_only_and_converted_results) {
  run([]() -> task<> {
    int target = 0;
    auto refers = [&]() -> task<int&> { co_return target; };
    task_group<int&> references;
    references.spawn(refers());
    const auto referred = co_await references.join();
    EXPECT_EQ(&referred.at(0).get(), &target);

    auto owns = [](int n) -> task<std::unique_ptr<int>> { co_return std::make_unique<int>(n); };
    task_group<std::unique_ptr<int>> pointers;
    pointers.spawn(owns(4));
    EXPECT_EQ(*(co_await pointers.join()).at(0), 4);

    task_group<std::string> strings;
    auto literal = []() -> task<const char*> { co_return "text"; };
    strings.spawn(literal());
    EXPECT_EQ((co_await strings.join()).at(0), "text");
  });
}

template <class A>
concept spawned = requires(task_group<>& g, A&& a) { g.spawn(std::forward<A>(a)); };
static_assert(spawned<task<int>> && !spawned<task<int>&>);
static_assert(!spawned<immovable> && !spawned<immovable&>, "what cannot be moved is refused");
static_assert(spawned<smartasync::call<int, call_test::add>>, "owned");
static_assert(spawned<smartasync::call<void, call_test::touch>>, "scoped");
static_assert(!spawned<smartasync::call<std::size_t, call_test::measure>>, "in place");
using makes_task = task<int> (*)(int);
static_assert(!spawned<makes_task> && !spawned<int>);
static_assert(!std::is_move_constructible_v<task_group<>>);

TEST(task_group, takes_calls_of_annotated_functions) {
  const auto sums = run([]() -> task<std::vector<int>> {
    task_group<int> group;
    for (int i = 0; i != 100; ++i) group.spawn(call_test::stub<call_test::slow_add>(i, i));
    co_return co_await group.join();
  });
  ASSERT_EQ(sums.size(), 100U);
  EXPECT_EQ(sums.back(), 198);
}

TEST(task_group, copies_a_named_callable) {
  const auto results = run([]() -> task<std::vector<int>> {
    task_group<int> group;
    for (int i = 0; i != 3; ++i) {
      auto job = [i] { return after_yields(i, 1); };
      group.spawn(job);
    }
    co_return co_await group.join();
  });
  EXPECT_EQ(results, (std::vector<int>{0, 1, 2}));
}

}  // namespace
