// SPDX-License-Identifier: MIT
// In the steady state nothing is allocated: counted by the program's own operator new.
#include <gtest/gtest.h>

#include "allocation_count.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/thread_pool.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using smartasync::task;

/// How often `work` allocates once it has run before.
template <class Work>
long allocations_of(Work work) {
  for (int i = 0; i != 10; ++i) work();
  const long before = allocations.load();
  for (int i = 0; i != 1000; ++i) work();
  return allocations.load() - before;
}

// AddressSanitizer sees frames only when they are not recycled.
#if SMARTASYNC_RECYCLE_FRAMES
constexpr bool recycles = true;
#else
constexpr bool recycles = false;
#endif

class steady_state : public testing::Test {
 protected:
  void SetUp() override {
    if (!recycles) GTEST_SKIP() << "frames are not recycled in this build";
  }
};

task<int> ready(int a) { co_return a + 1; }
task<int> twice(int a) { co_return co_await ready(co_await ready(a)); }
task<int> one_yield(int a) {
  co_await smartasync::yield();
  co_return a + 1;
}
task<int> nested(int depth) {
  if (depth == 0) co_return 0;
  co_return 1 + co_await nested(depth - 1);
}

TEST_F(steady_state, a_run_that_is_ready_allocates_nothing) {
  EXPECT_EQ(allocations_of([] { EXPECT_EQ(smartasync::run(ready(1)), 2); }), 0);
}

TEST_F(steady_state, awaits_allocate_nothing) {
  EXPECT_EQ(allocations_of([] { EXPECT_EQ(smartasync::run(twice(1)), 3); }), 0);
  EXPECT_EQ(allocations_of([] { EXPECT_EQ(smartasync::run(nested(500)), 500); }), 0);
}

TEST_F(steady_state, a_step_of_the_loop_allocates_nothing) {
  EXPECT_EQ(allocations_of([] { EXPECT_EQ(smartasync::run(one_yield(1)), 2); }), 0);
}

TEST_F(steady_state, an_offload_allocates_nothing) {
  smartasync::thread_pool pool("steady", {.max_threads = 1});
  EXPECT_EQ(allocations_of([&] {
              const auto offloaded = [&]() -> task<int> {
                auto call = smartasync::to_thread(pool, [] { return 1; });
                co_return co_await std::move(call);
              };
              EXPECT_EQ(smartasync::run(offloaded()), 1);
            }),
            0);
}

}  // namespace
