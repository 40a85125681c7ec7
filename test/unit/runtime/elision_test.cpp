// SPDX-License-Identifier: MIT
// Where the compiler can, the frame of an awaited child is a part of its parent's frame. Compiled
// so that frames are not recycled, which makes each frame an allocation of its own to count; and a
// second time under AddressSanitizer, for the children that start elsewhere and must have a frame.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "call_functions.hpp"
#include "smartasync/smartasync.hpp"

#if SMARTASYNC_RECYCLE_FRAMES
#error "frames that are recycled are not counted"
#endif

namespace {
std::atomic<long> allocations{0};
}  // namespace

void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* made = std::malloc(size)) return made;
  throw std::bad_alloc();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace {

using namespace std::chrono_literals;
using smartasync::task;

constexpr int awaits = 1000;

task<int> leaf(int a) { co_return a + 1; }
[[gnu::noinline]] task<int> noinline_leaf(int a) { co_return a + 1; }
task<int> suspended_leaf(int a) {
  co_await smartasync::yield();
  co_return a + 1;
}
task<int> leaves_in_a_leaf(int a) { co_return co_await leaf(co_await leaf(a)) - 1; }

struct leaf_function : call_test::async_function<int> {
  static constexpr smartasync::site site{.function = "leaf"};
  using arguments = smartasync::keep<smartasync::moved<int>>;
  static task<int> invoke(int a) { return leaf(a); }
};

template <task<int> (*Leaf)(int)>
task<int> row() {
  int value = 0;
  for (int i = 0; i != awaits; ++i) value = co_await Leaf(value);
  co_return value;
}

task<int> row_of_named_tasks() {
  int value = 0;
  for (int i = 0; i != awaits; ++i) {
    task<int> named = leaf(value);
    value = co_await std::move(named);
  }
  co_return value;
}

task<int> row_through_the_stub() {
  int value = 0;
  for (int i = 0; i != awaits; ++i) value = co_await call_test::stub<leaf_function>(value);
  co_return value;
}

/// How many frames a row of awaits makes beside its own.
long frames_of(task<int> (*make_row)()) {
  EXPECT_EQ(smartasync::run(make_row()), awaits);  // The thread's loop is made.
  const long before = allocations.load();
  EXPECT_EQ(smartasync::run(make_row()), awaits);
  return allocations.load() - before - 1;
}

TEST(elision, gives_an_awaited_leaf_that_the_compiler_sees_no_frame_of_its_own) {
  EXPECT_EQ(frames_of(row<leaf>), 0);
  EXPECT_EQ(frames_of(row<suspended_leaf>), 0);
  EXPECT_EQ(frames_of(row<leaves_in_a_leaf>), 0);
}

TEST(elision, leaves_a_function_that_is_not_to_be_inlined_its_frame) {
  EXPECT_EQ(frames_of(row<noinline_leaf>), awaits);
}

TEST(elision, leaves_a_task_its_frame_that_is_not_awaited_where_it_is_made) {
  EXPECT_EQ(frames_of(row_of_named_tasks), awaits);
}

TEST(elision, does_not_reach_through_a_stub_whose_awaiter_makes_the_task) {
  EXPECT_EQ(frames_of(row_through_the_stub), awaits);
}

// ---- children that may start elsewhere, and children that end early ----------------------------

task<int> slow_leaf(int a) {
  co_await smartasync::sleep_for(1ms);
  co_return a + 1;
}
task<int> failing_leaf(int a) {
  co_await smartasync::yield();
  throw std::runtime_error(std::to_string(a));
  co_return a;
}
task<void> counting_leaf(int& count, std::string text) {
  co_await smartasync::sleep_for(1ms);
  count += text == "a text that has to be allocated";
}
task<int> endless_leaf() {
  co_await smartasync::sleep_for(std::chrono::hours(2));
  co_return 0;
}

struct endless_function : call_test::async_function<int> {
  static constexpr smartasync::site site{.function = "endless"};
  using arguments = smartasync::keep<>;
  static task<int> invoke() { return endless_leaf(); }
};

task<int> passed_on(task<int> t) { return t; }
task<int> awaited_later(task<int> t) { co_return co_await std::move(t); }
task<int> chosen(bool first) { return first ? slow_leaf(1) : slow_leaf(2); }
task<void> put_away(std::optional<task<int>>& place) {
  place.emplace(slow_leaf(1));
  co_return;
}

TEST(elided_frames, are_not_those_of_operands_of_combinators) {
  const auto work = []() -> task<int> {
    auto [one, two] = co_await smartasync::when_all(slow_leaf(0), suspended_leaf(1));
    auto first = co_await smartasync::when_any(endless_leaf(), leaf(2));
    const int limited = co_await smartasync::with_timeout(1h, slow_leaf(3));
    co_return one + two + std::get<1>(first) + limited;
  };
  EXPECT_EQ(smartasync::run(work()), 1 + 2 + 3 + 4);
}

TEST(elided_frames, are_not_those_of_tasks_that_outlive_who_started_them) {
  int count = 0;
  const auto start = [](int& counted) -> task<void> {
    for (int i = 0; i != 3; ++i) {
      smartasync::spawn(counting_leaf(counted, "a text that has to be allocated"));
    }
    co_return;
  };
  const auto work = [&]() -> task<void> {
    co_await start(count);
    co_await slow_leaf(0);
    while (count != 3) co_await smartasync::yield();
  };
  smartasync::run(work());
  EXPECT_EQ(count, 3);
}

TEST(elided_frames, are_not_those_of_members_of_a_group) {
  const auto work = []() -> task<int> {
    smartasync::task_group<int> group;
    for (int i = 0; i != 3; ++i) group.spawn(slow_leaf(i));
    int sum = 0;
    for (const int each : co_await group.join()) sum += each;
    co_return sum;
  };
  EXPECT_EQ(smartasync::run(work()), 1 + 2 + 3);
}

TEST(elided_frames, are_not_those_of_tasks_that_another_function_returns_or_puts_away) {
  const auto work = [](bool first) -> task<int> {
    int sum = co_await passed_on(slow_leaf(0));
    sum += co_await awaited_later(slow_leaf(1));
    sum += co_await chosen(first);
    sum += co_await (first ? slow_leaf(3) : suspended_leaf(3));
    std::optional<task<int>> place;
    co_await put_away(place);
    sum += co_await *std::move(place);
    co_return sum;
  };
  EXPECT_EQ(smartasync::run(work(true)), 1 + 2 + 2 + 4 + 2);
  EXPECT_EQ(smartasync::run(work(false)), 1 + 2 + 3 + 4 + 2);
}

TEST(elided_frames, are_not_those_of_tasks_that_are_abandoned) {
  const auto work = []() -> task<void> {
    auto in_time = call_test::stub<call_test::slow_add>(1, 1);
    EXPECT_EQ(co_await smartasync::with_timeout(1h, std::move(in_time), smartasync::abandon), 2);
    bool is_late = false;
    try {
      auto too_late = call_test::stub<endless_function>();
      co_await smartasync::with_timeout(1ms, std::move(too_late), smartasync::abandon);
    } catch (const smartasync::timeout_error&) {
      is_late = true;
    }
    EXPECT_TRUE(is_late);
  };
  smartasync::run(work());
}

TEST(elided_frames, end_with_children_that_fail_or_are_cancelled) {
  const auto waits_for_ever = []() -> task<int> {
    std::string kept(100, 'a');
    const int sum = co_await endless_leaf() + co_await slow_leaf(0);
    co_return sum + static_cast<int>(kept.size());
  };
  const auto fails = []() -> task<int> {
    std::string kept(100, 'a');
    const int sum = co_await leaf(0) + co_await failing_leaf(7);
    co_return sum + static_cast<int>(kept.size());
  };
  EXPECT_THROW(smartasync::run(smartasync::with_timeout(1ms, waits_for_ever())),
               smartasync::timeout_error);
  EXPECT_THROW(smartasync::run(fails()), std::runtime_error);
}

/// An argument that cannot be moved into the frame.
struct immovable_argument {
  immovable_argument() = default;
  immovable_argument(immovable_argument&&) { throw std::runtime_error("not moved"); }
  std::string text = "a text that has to be allocated";
};
task<int> leaf_of(immovable_argument) { co_return 1; }

TEST(elided_frames, are_left_by_an_argument_that_throws_on_its_way_into_them) {
  const auto work = []() -> task<int> {
    for (int i = 0; i != 3; ++i) {
      try {
        co_await leaf_of(immovable_argument());
      } catch (const std::runtime_error&) {
        continue;
      }
      co_return 0;
    }
    co_return co_await suspended_leaf(1);
  };
  EXPECT_EQ(smartasync::run(work()), 2);
}

task<bool> aligned_leaf(int a) {
  struct alignas(64) line {
    int number;
  };
  line kept{a};
  co_await smartasync::yield();
  co_return reinterpret_cast<std::uintptr_t>(&kept) % 64 == 0 && kept.number == a;
}

TEST(elided_frames, keep_what_is_over_aligned_aligned) {
  const auto work = []() -> task<int> {
    int right = 0;
    for (int i = 0; i != 5; ++i) right += co_await aligned_leaf(i);
    co_return right;
  };
  EXPECT_EQ(smartasync::run(work()), 5);
}

TEST(elided_frames, hold_over_threads_and_loops) {
  const auto offloaded = [](int a) -> task<int> {
    auto call = smartasync::to_thread([a] { return a + 1; });
    co_return co_await std::move(call);
  };
  const auto nested = [](int a) -> task<int> {
    auto call = smartasync::to_thread([a] { return smartasync::run(slow_leaf(a)); });
    co_return co_await std::move(call);
  };
  const auto work = [&]() -> task<int> {
    int sum = co_await offloaded(0);
    sum += co_await nested(1);
    sum += co_await call_test::stub<call_test::on_net>(false) != std::this_thread::get_id();
    co_return sum;
  };
  EXPECT_EQ(smartasync::run(work()), 1 + 2 + 1);
}

/// Each level holds the frames of the next two; the recursion has frames of its own.
task<int> tree(int depth) {
  const auto below = [](int d) -> task<int> { co_return co_await tree(d) + co_await leaf(0); };
  if (depth == 0) co_return co_await suspended_leaf(0);
  co_return co_await below(depth - 1) + co_await below(depth - 1);
}

TEST(elided_frames, nest) { EXPECT_EQ(smartasync::run(tree(8)), 256 + 510); }

}  // namespace
