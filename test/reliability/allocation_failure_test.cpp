// SPDX-License-Identifier: MIT
// Each scenario runs again and again, and each time the next one of its allocations fails, until
// none is left to fail. Whatever failed, the error comes out where the caller sees it, nothing is
// left allocated, nothing hangs, and the loop and the executor serve the next call.
#include <gtest/gtest.h>

#include <cstddef>
#include <exception>
#include <new>
#include <ostream>
#include <string>
#include <thread>

#include "allocation_scenarios.hpp"
#include "counted_allocation.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace reliability {

void PrintTo(const scenario& s, std::ostream* out) { *out << s.name; }

}  // namespace reliability

namespace {

using reliability::lasting;
using reliability::scenario;

enum class ending { right, wrong, bad_alloc, other_error };

struct attempt {
  ending how = ending::wrong;
  bool failed = false;  ///< An allocation did.
  std::string error;
};

/// On a new thread: its loop and its cache of frames are allocated anew. n = 0: nothing fails.
attempt try_it(const scenario& s, long n) {
  attempt result;
  std::thread([&] {
    if (n != 0) reliability::fail_allocation(n);
    try {
      result.how = s.body() ? ending::right : ending::wrong;
    } catch (const std::bad_alloc&) {
      result.how = ending::bad_alloc;
    } catch (const std::exception& e) {
      result.how = ending::other_error;
      reliability::stop_failing();
      result.error = e.what();
    }
    result.failed = reliability::stop_failing();
  }).join();
  return result;
}

class allocation_failure : public testing::TestWithParam<scenario> {};

TEST_P(allocation_failure, is_seen_by_the_caller_leaves_nothing_and_ends_nothing_else) {
  const scenario& s = GetParam();
  reliability::watchdog guard(s.name);
  smartasync::set_unhandled_exception_handler(
      [](std::exception_ptr) noexcept { ++reliability::reported(); });
  const scenario probe{"probe", &reliability::serves_the_next_call};

  for (int i = 0; i != 3; ++i) ASSERT_EQ(try_it(s, 0).how, ending::right);
  ASSERT_EQ(try_it(probe, 0).how, ending::right);

  long unseen = 0;
  long n = 1;
  for (;; ++n) {
    guard.say(std::string(s.name) + ", allocation " + std::to_string(n));
    const std::ptrdiff_t before = reliability::live_blocks();
    const attempt made = try_it(s, n);
    ASSERT_EQ(try_it(probe, 0).how, ending::right) << "after the failure of allocation " << n;
    if (!made.failed) {
      ASSERT_EQ(made.how, ending::right) << made.error;
      break;
    }
    EXPECT_NE(made.how, ending::wrong) << "allocation " << n;
    EXPECT_NE(made.how, ending::other_error) << "allocation " << n << ": " << made.error;
    if (made.how == ending::right) ++unseen;
    constexpr bool recycles = SMARTASYNC_RECYCLE_FRAMES;
    if (s.leaves == lasting::nothing || (s.leaves == lasting::frames && !recycles)) {
      EXPECT_EQ(reliability::live_blocks(), before) << "allocation " << n;
    }
  }
  RecordProperty("allocations", static_cast<int>(n - 1));
  RecordProperty("without_effect", static_cast<int>(unseen));
  smartasync::set_unhandled_exception_handler(nullptr);
}

INSTANTIATE_TEST_SUITE_P(of, allocation_failure,
                         testing::ValuesIn(reliability::allocation_scenarios()),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
