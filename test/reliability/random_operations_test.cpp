// SPDX-License-Identifier: MIT
// Random operations over several loops, threads and executors at once, against a simple model: each
// operation runs once where the model says that it must, never twice, what began has ended, and
// each ends with its own value or with an error that can come from where it stands.
//
// SMARTASYNC_SEED=n repeats a run's plans, SMARTASYNC_RANDOM_SECONDS=n lasts longer than five.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <coroutine>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "../unit/runtime/call_functions.hpp"
#include "random_plan.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace {

using namespace std::chrono_literals;
using call_test::stub;
using reliability::kind;
using reliability::plan_node;
using smartasync::run;
using smartasync::task;
namespace ending = reliability::ending;

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
} found;

struct planned_error {
  int id;
};

smartasync::context_var<int> variable(0);

/// Set once, on any thread, and awaited once.
class event {
 public:
  static bool await_ready() noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> h) {
    const std::lock_guard lock(mutex_);
    waiting_ = h;
    return !set_;
  }
  static void await_resume() noexcept {}
  void set() {
    std::coroutine_handle<> waiting;
    {
      const std::lock_guard lock(mutex_);
      set_ = true;
      waiting = waiting_;
    }
    if (waiting) waiting.resume();
  }

 private:
  std::mutex mutex_;
  bool set_ = false;
  std::coroutine_handle<> waiting_;
};

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

lane_object& lane_of(const plan_node& node) {
  static std::array<lane_object, 4> lanes;
  return lanes[node.choice / 3 % lanes.size()];
}

/// For an odd choice never one with few threads, see `planner`.
smartasync::executor& executor_of(const plan_node& node) {
  static const std::vector<smartasync::executor*> all = [] {
    smartasync::configure_executor("one", {.max_threads = 1, .idle_timeout = 1ms});
    smartasync::configure_executor("two", {.max_threads = 2});
    smartasync::configure_executor("wide", {.max_threads = 1024, .idle_timeout = 10ms});
    return std::vector{&smartasync::find_executor("one"), &smartasync::find_executor("wide"),
                       &smartasync::find_executor("two"), &smartasync::find_executor("wide")};
  }();
  return *all[node.choice % all.size()];
}

smartasync::executor& leaf_executor_of(const plan_node& node) {
  switch (node.choice % 7) {
    case 0:
      return smartasync::find_executor("serial");
    case 1:
      return smartasync::find_executor("inline");
    default:
      return executor_of(node);
  }
}

class presence {
 public:
  explicit presence(plan_node& node) : node_(node) {
    if (++node_.begun != 1) found.add(node_, "begins for the second time");
  }
  ~presence() { ++node_.ended; }
  presence(const presence&) = delete;
  presence& operator=(const presence&) = delete;

 private:
  plan_node& node_;
};

task<int> observed(plan_node& node);

void expect_variable(const plan_node& node, int expected) {
  if (variable.get() != expected) found.add(node, "its variable has another value");
}

task<> offload_leaf(plan_node& node) {
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

task<> lane_leaf(plan_node& node) {
  int value = 0;
  if (node.what == kind::goes_through_lane) {
    value = co_await stub<visit>(lane_of(node), node);
  } else {
    value = co_await smartasync::to_thread(
        "wide", [&node]() -> int { return stub<blocking_visit>(lane_of(node), node); });
  }
  if (value != node.id) found.add(node, "the lane gives another's value");
}

task<> named_loop_leaf(plan_node& node) {
  const int value = co_await stub<on_named_loop>(node.id);
  if (value != node.id) found.add(node, "the loop gives another's value");
  expect_variable(node, -node.id);
}

task<> post_leaf(plan_node& node) {
  event arrived;
  smartasync::named_loop(node.choice % 2 == 0 ? "random" : "post").post([&] { arrived.set(); });
  co_await arrived;
  expect_variable(node, node.id);
}

task<> leaf(plan_node& node) {
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

task<> spawn_and_wait(plan_node& child) {
  event ended;
  smartasync::spawn([&]() -> task<> {
    try {
      co_await observed(child);
    } catch (...) {
      // Seen by observed().
    }
    ended.set();
  });
  co_await ended;
}

task<> through_portal(plan_node& child) {
  smartasync::portal way_in;
  co_await smartasync::to_thread("wide", [&] { way_in.call([&] { return observed(child); }); });
}

task<> composed(plan_node& node) {
  plan_node& first = *node.children.front();
  switch (node.what) {
    case kind::in_a_row:
      for (const auto& each : node.children) co_await observed(*each);
      break;
    case kind::all:
      co_await smartasync::when_all(observed(first), [&] { return observed(*node.children[1]); });
      expect_variable(node, node.id);
      break;
    case kind::all_of_range: {
      std::vector<task<int>> each_of;
      for (const auto& each : node.children) each_of.push_back(observed(*each));
      const std::vector<int> values = co_await smartasync::when_all(std::move(each_of));
      for (std::size_t i = 0; i != values.size(); ++i) {
        if (values[i] != node.children[i]->id) found.add(node, "the results are out of order");
      }
      expect_variable(node, node.id);
      break;
    }
    case kind::any: {
      const auto winner = co_await smartasync::when_any(
          observed(first), observed(*node.children[1]), observed(*node.children[2]));
      const int value = std::visit([](int v) { return v; }, winner);
      if (value != node.children[winner.index()]->id) found.add(node, "the winner is another");
      break;
    }
    case kind::group: {
      const std::vector<int> values = co_await smartasync::with_task_group<int>(
          [&](smartasync::task_group<int>& group) -> task<> {
            for (const auto& each : node.children) {
              group.spawn(observed(*each));
              if (node.choice % 2 == 0) co_await smartasync::yield();
            }
          });
      for (std::size_t i = 0; i != values.size(); ++i) {
        if (values[i] != node.children[i]->id) found.add(node, "the results are out of order");
      }
      break;
    }
    case kind::cancelled_group:
      co_await smartasync::with_task_group([&](smartasync::task_group<>& group) -> task<> {
        group.spawn(observed(first));
        co_await smartasync::sleep_for(std::chrono::microseconds(node.choice / 4));
        group.cancel();
      });
      break;
    case kind::in_time:
      co_await smartasync::with_timeout(1h, observed(first));
      break;
    case kind::perhaps_in_time:
      co_await smartasync::with_timeout(std::chrono::microseconds(node.choice % 500),
                                        [&] { return observed(first); });
      break;
    case kind::nested_run:
      co_await smartasync::to_thread(executor_of(node), [&] { return run(observed(first)); });
      break;
    case kind::through_portal:
      co_await through_portal(first);
      break;
    default:
      co_await spawn_and_wait(first);
  }
}

task<int> execute(plan_node& node) {
  const presence here(node);
  variable.set(node.id);
  // Not in one expression: GCC 12 destroys both operands of a conditional that is awaited.
  if (node.children.empty()) {
    co_await leaf(node);
  } else {
    co_await composed(node);
  }
  co_return node.id;
}

/// Executes it, and compares how it ended with the model.
task<int> observed(plan_node& node) {
  unsigned how = ending::value;
  std::exception_ptr error;
  int value = 0;
  try {
    value = co_await execute(node);
    if (value != node.id) found.add(node, "gives another's value");
  } catch (const planned_error&) {
    how = ending::error;
    error = std::current_exception();
  } catch (const smartasync::timeout_error&) {
    how = ending::timeout;
    error = std::current_exception();
  } catch (const smartasync::cancelled_error&) {
    how = ending::cancelled;
    error = std::current_exception();
  } catch (const std::exception& e) {
    found.add(node, e.what());
    throw;
  }
  if ((node.allowed & how) == 0) found.add(node, "ends the wrong way: " + std::to_string(how));
  if (error) std::rethrow_exception(error);
  co_return value;
}

void check_counts(const plan_node& node) {
  if (node.begun != node.ended) found.add(node, "has begun and not ended");
  if (node.must_run && node.begun != 1) found.add(node, "did not run");
  for (const auto& each : node.children) check_counts(*each);
}

/// Runs one tree of operations on this thread's loop.
void run_plan(std::uint64_t seed) {
  reliability::planner plans(seed);
  const auto root = plans.make(4);
  const bool stopped = plans.below(4) == 0;
  reliability::foresee(*root, stopped, true);
  std::stop_source source;
  std::jthread stopper;
  if (stopped) {
    stopper = std::jthread([&source, after = plans.below(300)] {
      std::this_thread::sleep_for(std::chrono::microseconds(after));
      source.request_stop();
    });
  }
  try {
    if (stopped) {
      run(observed(*root), {.stop = source.get_token()});
    } else {
      run(observed(*root));
    }
  } catch (const planned_error&) {
    // observed() has compared it with the model.
  } catch (const smartasync::timeout_error&) {
  } catch (const smartasync::cancelled_error&) {
  }
  check_counts(*root);
}

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

TEST(random_operations, agree_with_the_model) {
  const std::chrono::seconds lasts(number_from_environment("SMARTASYNC_RANDOM_SECONDS", 5));
  const std::uint64_t seed = number_from_environment("SMARTASYNC_SEED", std::random_device()());
  std::cout << "SMARTASYNC_SEED=" << seed << std::endl;
  const reliability::watchdog guard("random operations, SMARTASYNC_SEED=" + std::to_string(seed),
                                    lasts + 120s);
  static_cast<void>(executor_of(plan_node()));  // Configures them all.
  std::atomic<std::uint64_t> next{0};
  const auto end = std::chrono::steady_clock::now() + lasts;
  std::vector<std::thread> threads;
  for (int i = 0; i != 4; ++i) {
    threads.emplace_back([&] {
      while (std::chrono::steady_clock::now() < end) {
        const std::uint64_t number = next.fetch_add(1);
        run_plan(seed + number);
        for (const std::string& text : found.take()) {
          ADD_FAILURE() << "SMARTASYNC_SEED=" << seed << ", about plan " << number << ": " << text;
        }
        if (HasFailure()) return;
      }
    });
  }
  for (std::thread& each : threads) each.join();
  std::cout << next << " plans" << std::endl;
}

}  // namespace
