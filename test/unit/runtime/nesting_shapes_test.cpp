// SPDX-License-Identifier: MIT
// The table of nesting: synchronous (S) and asynchronous (A) functions that call each other, in
// chains of every shape whose synchronous functions run in one place.
#include <gtest/gtest.h>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/run.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/yield.hpp"

namespace {

using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

/// Where the synchronous functions of a chain run.
struct place {
  const char* executor;
  bool blocks_the_loop;  ///< Its thread is the loop's: a synchronous call of A is refused there.
};

void PrintTo(const place& p, std::ostream* out) { *out << p.executor; }

int call_sync(std::string_view rest, const char* executor);

/// Runs the first letter of the chain as an asynchronous function that calls the rest.
task<int> call_async(std::string_view rest, const char* executor) {
  co_await smartasync::yield();
  if (rest.empty()) co_return 1;
  if (rest.front() == 'A') co_return 1 + co_await call_async(rest.substr(1), executor);
  auto call = to_thread(executor, [=] { return call_sync(rest.substr(1), executor); });
  co_return 1 + co_await std::move(call);
}

int call_sync(std::string_view rest, const char* executor) {
  if (rest.empty()) return 1;
  if (rest.front() == 'S') return 1 + call_sync(rest.substr(1), executor);
  return 1 + run(call_async(rest.substr(1), executor));
}

class nesting_chain : public testing::TestWithParam<place> {
 protected:
  static void SetUpTestSuite() {
    smartasync::configure_executor("one", {.max_threads = 1, .reserve_threads = 0});
  }
};

/// In a chain on the loop's own thread, the first S below an A must not call A.
bool refused_inline(std::string_view chain) {
  const auto first_async = chain.find('A');
  if (first_async == std::string_view::npos) return false;
  const auto blocking = chain.find('S', first_async);
  return blocking != std::string_view::npos && chain.find('A', blocking) != std::string_view::npos;
}

TEST_P(nesting_chain, of_every_shape_up_to_depth_four_ends_with_a_result_or_a_named_error) {
  const place where = GetParam();
  int chains = 0;
  for (std::size_t depth = 1; depth <= 4; ++depth) {
    for (unsigned bits = 0; bits != 1U << depth; ++bits) {
      std::string chain;
      for (std::size_t i = 0; i != depth; ++i) chain += (bits >> i & 1) != 0 ? 'A' : 'S';
      SCOPED_TRACE(chain);
      ++chains;
      const std::string_view rest = std::string_view(chain).substr(1);
      const auto from_plain_thread = [&] {
        return chain.front() == 'S' ? call_sync(rest, where.executor)
                                    : run(call_async(rest, where.executor));
      };
      if (where.blocks_the_loop && refused_inline(chain)) {
        EXPECT_THROW(from_plain_thread(), smartasync::blocking_call_error);
      } else {
        EXPECT_EQ(from_plain_thread(), static_cast<int>(depth));
      }
    }
  }
  EXPECT_EQ(chains, 30);
}

TEST_P(nesting_chain, from_within_a_coroutine_ends_too) {
  const place where = GetParam();
  for (const std::string_view chain : {"SASA", "ASAS", "SAAS", "SSAA"}) {
    auto outer = [&]() -> task<int> {
      auto call = to_thread(where.executor, [&] { return call_sync(chain, where.executor); });
      co_return co_await std::move(call);
    };
    if (where.blocks_the_loop) {
      EXPECT_THROW(run(outer()), smartasync::blocking_call_error);
    } else {
      EXPECT_EQ(run(outer()), static_cast<int>(chain.size()) + 1);
    }
  }
}

TEST_P(nesting_chain, of_great_depth_ends_although_each_level_waits_for_the_next) {
  const place where = GetParam();
  if (where.blocks_the_loop) GTEST_SKIP() << "refused at the first level";
  std::string chain;
  for (int i = 0; i != 30; ++i) chain += "AS";
  EXPECT_EQ(run(call_async(chain, where.executor)), 61);
}

INSTANTIATE_TEST_SUITE_P(executors, nesting_chain,
                         testing::Values(place{"one", false}, place{"serial", false},
                                         place{"pool", false}, place{"inline", true}),
                         [](const auto& param) { return std::string(param.param.executor); });

}  // namespace
