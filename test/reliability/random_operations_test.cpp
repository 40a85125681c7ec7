// SPDX-License-Identifier: MIT
// Random operations over several loops, threads and executors at once, against a simple model: each
// operation runs once where the model says that it must, never twice, what began has ended, and
// each ends with its own value or with an error that can come from where it stands.
//
// SMARTASYNC_SEED=n repeats a run's plans, SMARTASYNC_RANDOM_SECONDS=n lasts longer than five.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "random_leaves.hpp"
#include "random_plan.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace {

using namespace reliability;
using smartasync::run;

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

task<> through_portal(plan_node& node, plan_node& child) {
  smartasync::portal way_in;
  co_await smartasync::to_thread(executor_of(node),
                                 [&] { way_in.call([&] { return observed(child); }); });
}

/// A portal that closes before what it has let in has ended, or when it has, or before it opens.
task<> call_while_open(plan_node& node, std::shared_ptr<event> gone) {
  smartasync::portal way_in;
  co_await smartasync::when_all(
      smartasync::to_thread(executor_of(node),
                            [&] {
                              try {
                                way_in.call([&child = *node.children.front(), gone]() -> task<int> {
                                  return observed(child);
                                });
                              } catch (const smartasync::loop_closed_error&) {
                                // What it has let in goes on.
                              }
                            }),
      [&]() -> task<> {
        co_await smartasync::sleep_for(std::chrono::microseconds(node.choice));
        way_in.close();
      });
}

task<> through_closing_portal(plan_node& node) {
  event gone;
  std::exception_ptr error;
  try {
    co_await call_while_open(node, {&gone, [](event* left) { left->set(); }});
  } catch (...) {
    error = std::current_exception();
  }
  co_await gone;
  if (error) std::rethrow_exception(error);
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
      co_await through_portal(node, first);
      break;
    case kind::through_closing_portal:
      co_await through_closing_portal(node);
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
  planner plans(seed);
  const auto root = plans.make(4);
  const bool stopped = plans.below(4) == 0;
  foresee(*root, stopped, true);
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
  const watchdog guard("random operations, SMARTASYNC_SEED=" + std::to_string(seed), lasts + 120s);
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
