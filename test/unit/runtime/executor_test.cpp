// SPDX-License-Identifier: MIT
#include "smartasync/executor.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string_view>

#include "smartasync/thread_pool.hpp"

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

}  // namespace
