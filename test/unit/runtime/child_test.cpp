// SPDX-License-Identifier: MIT
#include "smartasync/detail/child.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <coroutine>
#include <list>
#include <stdexcept>
#include <stop_token>
#include <utility>

#include "smartasync/context_var.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/stop_token.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::run;
using smartasync::task;
namespace detail = smartasync::detail;

int ends = 0;

void count_end(detail::child_base&) noexcept { ++ends; }

class child : public testing::Test {
 protected:
  void SetUp() override { ends = 0; }
};

TEST_F(child, that_ends_at_once_says_so_before_start_returns) {
  run([]() -> task<> {
    detail::scope group(*detail::state_here().current);
    detail::child<int> one(group, []() -> task<int> { co_return 3; }(), &count_end);
    one.start();
    EXPECT_EQ(ends, 1);
    EXPECT_EQ(one.result().take(), 3);
    co_return;
  });
}

TEST_F(child, that_suspends_ends_later_and_keeps_its_exception) {
  run([]() -> task<> {
    detail::scope group(*detail::state_here().current);
    detail::child<void> one(
        group,
        []() -> task<> {
          co_await smartasync::sleep_for(1ms);
          throw std::runtime_error("x");
        }(),
        &count_end);
    one.start();
    EXPECT_EQ(ends, 0);
    co_await smartasync::sleep_for(5ms);
    EXPECT_EQ(ends, 1);
    EXPECT_THROW(one.result().take(), std::runtime_error);
  });
}

TEST_F(child, has_its_own_variables_and_leaves_its_parents_scope_in_place) {
  smartasync::context_var<int> var(0);
  run([&]() -> task<> {
    var.set(1);
    detail::scope* const mine = detail::state_here().current;
    detail::scope group(*mine);
    detail::child<void> one(
        group,
        [](smartasync::context_var<int>& v) -> task<> {
          EXPECT_EQ(v.get(), 1);
          v.set(2);
          co_await smartasync::yield();
          EXPECT_EQ(v.get(), 2);
        }(var),
        &count_end);
    one.start();
    EXPECT_EQ(detail::state_here().current, mine);
    EXPECT_EQ(var.get(), 1);
    co_await smartasync::sleep_for(0s);
    co_await smartasync::sleep_for(0s);
    EXPECT_EQ(detail::state_here().current, mine);
    EXPECT_EQ(ends, 1);
  });
}

TEST_F(child, is_cancelled_with_its_group) {
  run([]() -> task<> {
    detail::scope group(*detail::state_here().current);
    std::list<detail::child<void>> children;
    for (int i = 0; i != 3; ++i) {
      children.emplace_back(group, detail::as_task(smartasync::sleep_for(1h)), &count_end);
      children.back().start();
    }
    group.cancel();
    EXPECT_EQ(ends, 0) << "what is cancelled ends through the loop";
    co_await smartasync::yield();
    EXPECT_EQ(ends, 3);
    for (auto& each : children) EXPECT_THROW(each.result().take(), smartasync::cancelled_error);
    EXPECT_FALSE(detail::state_here().current->cancelled());
  });
}

TEST_F(child, is_cancelled_alone_through_its_own_scope) {
  run([]() -> task<> {
    detail::scope group(*detail::state_here().current);
    detail::child<void> first(group, detail::as_task(smartasync::sleep_for(1h)), &count_end);
    detail::child<void> second(group, detail::as_task(smartasync::sleep_for(2ms)), &count_end);
    first.start();
    second.start();
    first.own_scope().cancel();
    co_await smartasync::sleep_for(10ms);
    EXPECT_EQ(ends, 2);
    EXPECT_TRUE(first.result().has_error());
    EXPECT_TRUE(second.result().has_value());
  });
}

TEST_F(child, of_a_cancelled_group_starts_cancelled) {
  run([]() -> task<> {
    detail::scope group(*detail::state_here().current);
    group.cancel();
    detail::child<void> one(group, detail::as_task(smartasync::sleep_for(1h)), &count_end);
    one.start();
    EXPECT_EQ(ends, 1);
    EXPECT_THROW(one.result().take(), smartasync::cancelled_error);
    co_return;
  });
}

struct self_owned : detail::child<void> {
  explicit self_owned(detail::scope& group, task<> t)
      : child(group, std::move(t), [](detail::child_base& self) noexcept {
          ++ends;
          delete static_cast<self_owned*>(&self);
        }) {}
};

TEST_F(child, may_be_destroyed_by_the_one_who_is_told_of_its_end) {
  run([]() -> task<> {
    detail::scope group(*detail::state_here().current);
    (new self_owned(group, []() -> task<> { co_return; }()))->start();
    EXPECT_EQ(ends, 1);
    (new self_owned(group, detail::as_task(smartasync::yield())))->start();
    EXPECT_EQ(ends, 1);
    co_await smartasync::sleep_for(1ms);
    EXPECT_EQ(ends, 2);
  });
}

task<> nest(int depth);

/// Awaits one child in a scope of its own.
class in_child {
 public:
  using smartasync_native = void;
  explicit in_child(task<> t)
      : group_(*detail::state_here().current), child_(group_, std::move(t), *this) {}

  static bool await_ready() noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> h) {
    waiting_.capture(h, detail::state_here().current);
    child_.start();
    return !std::exchange(returned_, true);
  }
  void await_resume() { child_.result().take(); }

 private:
  struct member : detail::child<void> {
    member(detail::scope& group, task<> t, in_child& o)
        : child(group, std::move(t),
                [](detail::child_base& self) noexcept {
                  in_child& parent = static_cast<member&>(self).owner;
                  if (std::exchange(parent.returned_, true)) parent.waiting_.schedule();
                }),
          owner(o) {}
    in_child& owner;
  };

  detail::scope group_;
  detail::suspended waiting_;
  bool returned_ = false;
  member child_;
};

task<> nest(int depth) {
  if (depth == 0) {
    co_await smartasync::yield();
  } else {
    in_child operation{nest(depth - 1)};
    co_await operation;
  }
}

TEST_F(child, of_a_child_nests_deeper_than_the_native_stack_may_grow) { run(nest(20'000)); }

TEST_F(child, token_is_stopped_with_its_parent) {
  run([]() -> task<> {
    detail::scope outer(*detail::state_here().current);
    std::stop_token seen;
    detail::child<void> one(
        outer,
        [](std::stop_token& out) -> task<> {
          out = smartasync::current_stop_token();
          co_await smartasync::sleep_for(1h);
        }(seen),
        &count_end);
    one.start();
    EXPECT_FALSE(seen.stop_requested());
    outer.cancel();
    EXPECT_TRUE(seen.stop_requested());
    co_await smartasync::yield();
    EXPECT_EQ(ends, 1);
  });
}

}  // namespace
