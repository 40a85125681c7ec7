// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>
#include <pthread.h>

#include <cstddef>

#include "combinator_operations.hpp"
#include "smartasync/task_group.hpp"
#include "smartasync/when_all.hpp"

namespace {

using namespace combinator_test;
using smartasync::run;
using smartasync::task_group;
using smartasync::when_all;

// The bounded depth of starts fits in there with every frame but those of ThreadSanitizer.
#if defined(__SANITIZE_THREAD__)
constexpr std::size_t small_stack = std::size_t{4} * 1024 * 1024;
#else
constexpr std::size_t small_stack = std::size_t{512} * 1024;
#endif

/// Runs on a small stack, so that growth by each member is found.
template <class F>
void on_a_small_stack(F f) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, small_stack);
  pthread_t thread{};
  ASSERT_EQ(pthread_create(
                &thread, &attributes,
                [](void* what) -> void* {
                  (*static_cast<F*>(what))();
                  return nullptr;
                },
                &f),
            0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

TEST(when_all_of_a_range, a_hundred_thousand_operands_do_not_grow_the_stack) {
  on_a_small_stack([] {
    std::vector<task<int>> work;
    for (int i = 0; i != 100'000; ++i) work.push_back(i % 2 == 0 ? at_once(i) : after_yields(i, 1));
    const std::vector<int> results = run(when_all(std::move(work)));
    ASSERT_EQ(results.size(), 100'000U);
    EXPECT_EQ(results.front(), 0);
    EXPECT_EQ(results.back(), 99'999);
  });
}

task<int> nested(int levels, int yields) {
  if (levels == 0) co_return co_await after_yields(0, yields);
  const auto [below, one] = co_await when_all(nested(levels - 1, yields), at_once(1));
  co_return below + one;
}

TEST(when_all, a_deep_nest_of_operands_does_not_grow_the_stack) {
  on_a_small_stack([] {
    EXPECT_EQ(run(nested(20'000, 0)), 20'000);
    EXPECT_EQ(run(nested(20'000, 3)), 20'000);
  });
}

TEST(task_group, a_hundred_thousand_members_do_not_grow_the_stack) {
  on_a_small_stack([] {
    const long sum = run([]() -> task<long> {
      task_group<int> group;
      for (int i = 0; i != 100'000; ++i) group.spawn(at_once(i));
      long total = 0;
      const auto results = co_await group.join();
      for (const int each : results) total += each;
      co_return total;
    });
    EXPECT_EQ(sum, 4'999'950'000L);
  });
}

struct relay {
  static task<> go(task_group<>& group, int left) {
    if (left != 0) group.spawn(go(group, left - 1));
    co_return;
  }
};

TEST(task_group, a_chain_of_members_that_spawn_each_other_does_not_grow_the_stack) {
  on_a_small_stack([] {
    run([]() -> task<> {
      task_group<> group;
      group.spawn(relay::go(group, 100'000));
      co_await group.join();
    });
  });
}

}  // namespace
