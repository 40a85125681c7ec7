// SPDX-License-Identifier: MIT
#include "smartasync/task_group.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <ranges>
#include <stop_token>

#include "combinator_operations.hpp"
#include "smartasync/context_var.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/with_timeout.hpp"

namespace {

using namespace combinator_test;
using smartasync::run;
using smartasync::task_group;
using smartasync::with_task_group;

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
using makes_task = task<int> (*)(int);
static_assert(!spawned<makes_task> && !spawned<int>);
static_assert(!std::is_move_constructible_v<task_group<>>);

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

TEST(task_group, refuses_a_spawn_after_the_join_and_a_second_join) {
  run([]() -> task<> {
    task_group<> group;
    group.spawn(at_once(1));
    co_await group.join();
    EXPECT_THROW(group.spawn(at_once(2)), std::logic_error);
    bool refused = false;
    try {
      co_await group.join();
    } catch (const std::logic_error&) {
      refused = true;
    }
    EXPECT_TRUE(refused);
  });
}

TEST(task_group, is_refused_where_no_loop_runs) {
  EXPECT_THROW(task_group<>(), smartasync::wrong_loop_error);
  run([]() -> task<> {
    task_group<> group;
    co_await smartasync::to_thread(
        [&] { EXPECT_THROW(group.spawn(at_once(1)), smartasync::wrong_loop_error); });
  });
}

std::atomic<int> unseen{0};

TEST(task_group, reports_a_failure_that_no_join_has_seen) {
  unseen = 0;
  const auto before =
      smartasync::set_unhandled_exception_handler([](std::exception_ptr e) noexcept {
        try {
          std::rethrow_exception(e);
        } catch (const std::runtime_error&) {
          ++unseen;
        } catch (...) {
        }
      });
  run([]() -> task<> {
    task_group<> group;
    group.spawn(fails_at_once("unseen"));
    co_await smartasync::yield();
    co_await smartasync::yield();
  });
  smartasync::set_unhandled_exception_handler(before);
  EXPECT_EQ(unseen, 1);
}

TEST(task_group_death_test, destroyed_with_members_running_it_ends_the_program) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(run([]() -> task<> {
                 task_group<> group;
                 group.spawn(smartasync::sleep_for(for_ever));
                 co_await smartasync::yield();
               }),
               "a task_group was destroyed while its members run");
  EXPECT_DEATH(run([]() -> task<> {
                 task_group<int> group;
                 group.spawn(at_once(1));
                 co_return;
               }),
               "a task_group was destroyed while its members run");
}

TEST(task_group, a_hundred_thousand_members_do_not_grow_the_stack) {
  const long sum = run([]() -> task<long> {
    task_group<int> group;
    for (int i = 0; i != 100'000; ++i) group.spawn(at_once(i));
    long total = 0;
    const auto results = co_await group.join();
    for (const int each : results) total += each;
    co_return total;
  });
  EXPECT_EQ(sum, 4'999'950'000L);
}

struct relay {
  static task<> go(task_group<>& group, int left) {
    if (left != 0) group.spawn(go(group, left - 1));
    co_return;
  }
};

TEST(task_group, a_chain_of_members_that_spawn_each_other_does_not_grow_the_stack) {
  run([]() -> task<> {
    task_group<> group;
    group.spawn(relay::go(group, 100'000));
    co_await group.join();
  });
}

TEST(with_task_group, joins_what_its_function_spawns) {
  const auto results = run(with_task_group<int>([](task_group<int>& group) -> task<> {
    group.spawn(after_yields(1, 3));
    co_await smartasync::yield();
    group.spawn(at_once(2));
  }));
  EXPECT_EQ(results, (std::vector<int>{1, 2}));
  const auto plain = run(with_task_group<int>([](auto& group) { group.spawn(at_once(3)); }));
  EXPECT_EQ(plain, std::vector<int>{3});
}

TEST(with_task_group, gives_the_value_of_its_function_where_the_group_has_none) {
  int ended = 0;
  auto body = [&](task_group<>& group) -> task<std::string> {
    group.spawn([&]() -> task<> {
      co_await after_yields(0, 5);
      ++ended;
    });
    co_return "body";
  };
  EXPECT_EQ(run(with_task_group(body)), "body");
  EXPECT_EQ(ended, 1);
}

TEST(with_task_group, an_exception_of_its_function_cancels_the_members_and_waits) {
  std::vector<std::string> log;
  auto fails = [&](task_group<int>& group) -> task<> {
    group.spawn(until_cancelled(log, "a", 2));
    co_await smartasync::yield();
    co_await smartasync::yield();
    throw std::runtime_error("body");
  };
  EXPECT_EQ(text_of_error([&] { run(with_task_group<int>(fails)); }), "body");
  EXPECT_EQ(log.back(), "a ended");
  auto fails_plainly = [&](task_group<>& group) {
    group.spawn(until_cancelled(log, "b"));
    throw std::runtime_error("plain");
  };
  EXPECT_EQ(text_of_error([&] { run(with_task_group(fails_plainly)); }), "plain");
  EXPECT_EQ(log.back(), "b ended");
}

TEST(with_task_group, a_member_s_failure_cancels_its_function) {
  std::vector<std::string> log;
  auto body = [&](task_group<>& group) -> task<> {
    group.spawn(fails_after_yields("member", 2));
    co_await until_cancelled(log, "body");
  };
  EXPECT_EQ(text_of_error([&] { run(with_task_group(body)); }), "member");
  EXPECT_EQ(log.back(), "body ended");
}

TEST(with_task_group, can_be_cancelled_and_can_nest) {
  std::vector<std::string> log;
  auto inner = [&](task_group<>& group) -> task<> {
    group.spawn(until_cancelled(log, "inner", 1));
    co_await smartasync::sleep_for(for_ever);
  };
  auto outer = [&](task_group<>& group) -> task<> {
    group.spawn(with_task_group(inner));
    group.spawn(until_cancelled(log, "outer"));
    co_return;
  };
  EXPECT_THROW(run(smartasync::with_timeout(1ms, with_task_group(outer))),
               smartasync::timeout_error);
  EXPECT_EQ(log.size(), 6U);
}

TEST(with_task_group, its_function_shares_the_variables_of_its_caller) {
  smartasync::context_var<int> level(0);
  run([&]() -> task<> {
    level.set(1);
    co_await with_task_group([&](task_group<>& group) -> task<> {
      EXPECT_EQ(level.get(), 1);
      level.set(2);
      group.spawn([&]() -> task<> {
        level.set(3);
        co_return;
      });
      co_await smartasync::yield();
    });
    EXPECT_EQ(level.get(), 2);
  });
}

}  // namespace
