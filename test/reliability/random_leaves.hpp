// SPDX-License-Identifier: MIT
#pragma once

// What the operations of the random test do that have no children, and what they tell of it.

#include <array>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "../unit/runtime/call_functions.hpp"
#include "event.hpp"
#include "random_plan.hpp"
#include "smartasync/smartasync.hpp"

namespace reliability {

using namespace std::chrono_literals;
using call_test::stub;
using smartasync::task;

/// What went wrong, on any thread.
class findings {
 public:
  void add(const plan_node& node, const std::string& text) {
    const std::lock_guard lock(mutex_);
    texts_.push_back("operation " + std::to_string(node.id) + " of kind " +
                     std::to_string(static_cast<int>(node.what)) + ": " + text);
  }
  std::vector<std::string> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(texts_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> texts_;
};

inline findings found;

struct planned_error {
  int id;
};

inline smartasync::context_var<int> variable(0);

/// Guarded by nothing but the lane of its serial functions.
struct lane_object {
  int inside = 0;
  long calls = 0;
};

class stay {
 public:
  stay(lane_object& in, const plan_node& node) : in_(in) {
    if (++in_.inside != 1) found.add(node, "two are inside of a lane");
    ++in_.calls;
  }
  ~stay() { --in_.inside; }
  stay(const stay&) = delete;
  stay& operator=(const stay&) = delete;

 private:
  lane_object& in_;
};

struct visit : call_test::async_function<int> {
  static constexpr smartasync::site site{.function = "visit", .serial = true};
  using object = lane_object;
  using arguments =
      smartasync::keep<smartasync::borrowed<lane_object&>, smartasync::borrowed<plan_node&>>;
  static task<int> invoke(lane_object& self, plan_node& node) {
    const stay here(self, node);
    if (node.choice % 3 == 0) co_await smartasync::yield();
    if (node.choice % 3 == 1) co_await smartasync::sleep_for(20us);
    co_return node.id;
  }
};

struct blocking_visit : call_test::sync_function<int> {
  static constexpr smartasync::site site{.function = "blocking_visit", .serial = true};
  using object = lane_object;
  using arguments =
      smartasync::keep<smartasync::borrowed<lane_object&>, smartasync::borrowed<plan_node&>>;
  static int invoke(lane_object& self, plan_node& node) {
    const stay here(self, node);
    std::this_thread::yield();
    return node.id;
  }
};

struct on_named_loop : call_test::async_function<int> {
  static constexpr smartasync::site site{.function = "on_named_loop", .loop = "random"};
  using arguments = smartasync::keep<smartasync::moved<int>>;
  static task<int> invoke(int id) {
    co_await smartasync::yield();
    variable.set(-id);
    co_return id;
  }
};

inline lane_object& lane_of(const plan_node& node) {
  static std::array<lane_object, 4> lanes;
  return lanes[node.choice / 3 % lanes.size()];
}

/// For an odd choice never one with few threads, see `planner`.
inline smartasync::executor& executor_of(const plan_node& node) {
  static const std::vector<smartasync::executor*> all = [] {
    smartasync::configure_executor("one", {.max_threads = 1, .idle_timeout = 1ms});
    smartasync::configure_executor("two", {.max_threads = 2});
    smartasync::configure_executor("wide", {.max_threads = 1024, .idle_timeout = 10ms});
    return std::vector{&smartasync::find_executor("one"), &smartasync::find_executor("wide"),
                       &smartasync::find_executor("two"), &smartasync::find_executor("wide")};
  }();
  return *all[node.choice % all.size()];
}

inline smartasync::executor& leaf_executor_of(const plan_node& node) {
  switch (node.choice % 7) {
    case 0:
      return smartasync::find_executor("serial");
    case 1:
      return smartasync::find_executor("inline");
    default:
      return executor_of(node);
  }
}

inline void expect_variable(const plan_node& node, int expected) {
  if (variable.get() != expected) found.add(node, "its variable has another value");
}

inline task<> offload_leaf(plan_node& node) {
  auto call = [&node] {
    expect_variable(node, node.id);
    variable.set(-node.id);
    return node.id;
  };
  int value = 0;
  if (node.choice % 5 == 0) {
    smartasync::configure_executor("tight", {.max_threads = 1, .max_queue = 1});
    try {
      value = co_await smartasync::to_thread("tight", call);
    } catch (const smartasync::executor_full_error&) {
      value = call();
    }
  } else {
    value = co_await smartasync::to_thread(leaf_executor_of(node), call);
  }
  if (value != node.id) found.add(node, "the call gives another's value");
  expect_variable(node, -node.id);
}

inline task<> lane_leaf(plan_node& node) {
  int value = 0;
  if (node.what == kind::goes_through_lane) {
    value = co_await stub<visit>(lane_of(node), node);
  } else {
    value = co_await smartasync::to_thread(
        "wide", [&node]() -> int { return stub<blocking_visit>(lane_of(node), node); });
  }
  if (value != node.id) found.add(node, "the lane gives another's value");
}

inline task<> named_loop_leaf(plan_node& node) {
  const int value = co_await stub<on_named_loop>(node.id);
  if (value != node.id) found.add(node, "the loop gives another's value");
  expect_variable(node, -node.id);
}

inline task<> post_leaf(plan_node& node) {
  event arrived;
  smartasync::named_loop(node.choice % 2 == 0 ? "random" : "post").post([&] { arrived.set(); });
  co_await arrived;
  expect_variable(node, node.id);
}

/// Does what an operation without children does.
inline task<> leaf(plan_node& node) {
  switch (node.what) {
    case kind::yields:
      for (unsigned i = 0; i <= node.choice % 4; ++i) co_await smartasync::yield();
      break;
    case kind::sleeps:
      co_await smartasync::sleep_for(std::chrono::microseconds(node.choice % 200));
      break;
    case kind::fails:
      if (node.choice % 2 == 0) co_await smartasync::yield();
      throw planned_error{node.id};
    case kind::offloads:
      co_await offload_leaf(node);
      break;
    case kind::goes_through_lane:
    case kind::blocks_in_lane:
      co_await lane_leaf(node);
      break;
    case kind::goes_to_named_loop:
      co_await named_loop_leaf(node);
      break;
    case kind::posts:
      co_await post_leaf(node);
      break;
    default: {
      const int sum = co_await smartasync::with_timeout(
          std::chrono::microseconds(node.choice * 2),
          smartasync::pend<call_test::slow_add>(node.id, 1), smartasync::abandon);
      if (sum != node.id + 1) found.add(node, "the call gives another's value");
    }
  }
}

}  // namespace reliability
