// SPDX-License-Identifier: MIT
#include "smartasync/executor.hpp"

#include <gtest/gtest.h>
#include <pthread.h>

#include <functional>
#include <latch>
#include <stdexcept>
#include <string>
#include <string_view>

#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/task_group.hpp"
#include "smartasync/thread_pool.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/yield.hpp"

namespace {

using smartasync::configure_executor;
using smartasync::find_executor;

const smartasync::executor_options& options_of(std::string_view name) {
  return dynamic_cast<smartasync::thread_pool&>(find_executor(name)).options();
}

TEST(executor, name_stands_for_one_executor) {
  EXPECT_EQ(&find_executor("db"), &find_executor("db"));
  EXPECT_NE(&find_executor("db"), &find_executor("files"));
  EXPECT_EQ(find_executor("db").name(), "db");
  EXPECT_EQ(&find_executor("pool"), &smartasync::detail::default_executor());
}

TEST(executor, that_was_never_configured_has_the_default_limits) {
  EXPECT_EQ(options_of("never configured"), smartasync::executor_options());
  EXPECT_LE(smartasync::executor_options().max_threads, 32U);
  EXPECT_GT(smartasync::executor_options().max_threads, 4U);
}

TEST(executor, is_made_with_the_limits_that_were_configured) {
  configure_executor("small", {.max_threads = 2, .max_queue = 7});
  EXPECT_EQ(options_of("small").max_threads, 2U);
  EXPECT_EQ(options_of("small").max_queue, 7U);
}

TEST(executor, in_use_cannot_be_given_other_limits) {
  configure_executor("used", {.max_threads = 2});
  configure_executor("used", {.max_threads = 2});
  EXPECT_THROW(configure_executor("used", {.max_threads = 3}), std::logic_error);
  static_cast<void>(find_executor("found first"));
  EXPECT_THROW(configure_executor("found first", {.max_threads = 3}), std::logic_error);
}

TEST(executor, limits_that_make_no_sense_are_refused) {
  EXPECT_THROW(configure_executor("none", {.max_threads = 0}), std::invalid_argument);
  EXPECT_THROW(configure_executor("serial", {.max_threads = 2}), std::logic_error);
  EXPECT_THROW(configure_executor("inline", {}), std::logic_error);
}

TEST(executor, inline_alone_runs_on_the_submitting_thread) {
  EXPECT_TRUE(find_executor("inline").runs_inline());
  EXPECT_FALSE(find_executor("pool").runs_inline());
  EXPECT_FALSE(find_executor("serial").runs_inline());
}

/// What ten calls at once on a pool of one, with room for one in the queue, give: how many were
/// refused, and whether the loop went on while the others waited.
struct crowd {
  int refused = 0;
  int served = 0;
  int turns_while_blocked = 0;
};

crowd ten_at_once(const char* name, smartasync::when_full full) {
  configure_executor(name, {.max_threads = 1, .max_queue = 1, .full = full, .reserve_threads = 0});
  crowd seen;
  std::latch may_end(1);
  const auto blocks = [&] { may_end.wait(); };
  const auto call = [&]() -> smartasync::task<> {
    try {
      co_await smartasync::to_thread(name, std::ref(blocks));
      ++seen.served;
    } catch (const smartasync::executor_full_error&) {
      ++seen.refused;
    }
  };
  smartasync::run([&]() -> smartasync::task<> {
    smartasync::task_group<> group;
    for (int i = 0; i != 10; ++i) group.spawn(call);
    while (seen.turns_while_blocked != 100) {
      co_await smartasync::yield();
      ++seen.turns_while_blocked;
    }
    EXPECT_EQ(seen.served, 0);
    may_end.count_down();
    co_await group.join();
  });
  return seen;
}

TEST(executor, that_is_full_keeps_its_callers_suspended_and_their_loop_going) {
  const crowd seen = ten_at_once("crowded", smartasync::when_full::wait);
  EXPECT_EQ(seen.served, 10);
  EXPECT_EQ(seen.refused, 0);
}

TEST(executor, that_is_full_and_told_to_refuse_throws_where_the_call_is_awaited) {
  const crowd seen = ten_at_once("strict", smartasync::when_full::refuse);
  // One runs and one is in the queue; one more where the thread was quicker than the loop.
  EXPECT_GE(seen.refused, 7);
  EXPECT_EQ(seen.served + seen.refused, 10);
}

TEST(executor, names_its_threads_for_debuggers) {
  const auto name_here = [] {
    char name[16] = {};
    pthread_getname_np(pthread_self(), name, sizeof name);
    return std::string(name);
  };
  const auto on = [&](const char* executor) {
    return smartasync::run(smartasync::to_thread(executor, std::ref(name_here)));
  };
  EXPECT_EQ(on("pool"), "sa:pool");
  EXPECT_EQ(on("serial"), "sa:serial");
  EXPECT_EQ(on("a name that is too long"), "sa:a name that ");
}

}  // namespace
