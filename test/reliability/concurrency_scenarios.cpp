// SPDX-License-Identifier: MIT
#include <span>
#include <variant>
#include <vector>

#include "../unit/runtime/call_functions.hpp"
#include "allocation_scenarios.hpp"
#include "scenario_steps.hpp"
#include "smartasync/smartasync.hpp"

namespace reliability {
namespace {

using namespace std::chrono_literals;
using call_test::stub;
using smartasync::run;
using smartasync::task;

bool waits_for_all() {
  const auto [a, b, c] = run([] {
    return smartasync::when_all(after_yields(1), smartasync::to_thread(one(), [] { return 2; }),
                                nested(1));
  });
  return a == 1 && b == 2 && c == 2;
}

bool waits_for_all_of_a_range() {
  return run([]() -> task<int> {
           std::vector<task<int>> some;
           for (int i = 0; i != 4; ++i) some.push_back(after_yields(i, i));
           int sum = 0;
           for (const int each : co_await smartasync::when_all(std::move(some))) sum += each;
           co_return sum;
         }) == 6;
}

bool waits_for_any() {
  const auto first = run([] {
    return smartasync::when_any(after_yields(1), smartasync::sleep_for(24h), after_yields(3, 9));
  });
  return first.index() == 0 && std::get<0>(first) == 1;
}

bool joins_a_group() {
  const auto results = run([] {
    return smartasync::with_task_group<int>([](smartasync::task_group<int>& group) {
      group.spawn(after_yields(1, 2));
      group.spawn([] { return after_yields(2); });
      group.spawn(smartasync::to_thread(one(), [] { return 3; }));
    });
  });
  return results == std::vector{1, 2, 3};
}

bool joins_a_group_without_results() {
  int sum = 0;
  run([&] {
    return smartasync::with_task_group([&](smartasync::task_group<>& group) -> task<> {
      for (int i = 0; i != 3; ++i) {
        group.spawn([&sum, i]() -> task<> { sum += co_await after_yields(i, i); });
      }
      co_await smartasync::yield();
    });
  });
  return sum == 3;
}

bool ends_in_time() { return run(smartasync::with_timeout(24h, nested(1))) == 2; }

bool is_late() {
  try {
    run(smartasync::with_timeout(1us, smartasync::sleep_for(24h)));
  } catch (const smartasync::timeout_error&) {
    return true;
  }
  return false;
}

bool abandons() {
  try {
    run([]() -> task<> {
      co_await smartasync::with_timeout(
          0us, [] { return stub<call_test::slow_add>(1, 2); }, smartasync::abandon);
    });
  } catch (const smartasync::timeout_error&) {
    run(after_yields(0, 3));  // What was abandoned ends.
    return run(smartasync::with_timeout(24h, smartasync::pend<call_test::slow_add>(3, 4),
                                        smartasync::abandon)) == 7;
  }
  return false;
}

bool spawns() {
  bool ran = false;
  const int before = reported().load();
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> { ran = co_await after_yields(1) == 1; });
    co_await after_yields(0, 4);
  });
  return ran || reported().load() != before;
}

constexpr scenario all[] = {
    {"waits_for_all", waits_for_all},
    {"waits_for_all_of_a_range", waits_for_all_of_a_range},
    {"waits_for_any", waits_for_any},
    {"joins_a_group", joins_a_group},
    {"joins_a_group_without_results", joins_a_group_without_results},
    {"ends_in_time", ends_in_time},
    {"is_late", is_late},
    {"abandons", abandons},
    {"spawns", spawns},
};

}  // namespace

std::span<const scenario> concurrency_scenarios() { return all; }

}  // namespace reliability
