// SPDX-License-Identifier: MIT
#pragma once

// What circles of calls are made of that wait for each other: functions in the serial lane of an
// object and calls that hold a thread of a small executor, and what who is refused is told.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstddef>
#include <functional>
#include <latch>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "call_functions.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/run.hpp"
#include "smartasync/to_thread.hpp"

namespace wait_circle {

using namespace call_test;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

/// An object with a lane; what its functions do there is for the test to say.
struct room {
  std::function<task<>()> awaits = []() -> task<> { co_return; };
  std::function<void()> blocks = [] {};
};

struct await_in : async_function<void> {
  static constexpr smartasync::site site{.function = "room::await_in", .serial = true};
  using object = room;
  using arguments = smartasync::keep<smartasync::borrowed<room&>>;
  static task<void> invoke(room& self) { co_await self.awaits(); }
};

/// In the same lane, and does nothing there.
struct pass_in : async_function<void> {
  static constexpr smartasync::site site{.function = "room::pass_in", .serial = true};
  using object = room;
  using arguments = smartasync::keep<smartasync::borrowed<room&>>;
  static task<void> invoke(room& /*self*/) { co_return; }
};

struct block_in : sync_function<void> {
  static constexpr smartasync::site site{
      .function = "room::block_in", .executor = "circle_callers", .serial = true};
  using object = room;
  using arguments = smartasync::keep<smartasync::borrowed<room&>>;
  static void invoke(room& self) { self.blocks(); }
};

/// Calls that hold a thread of an executor meanwhile.
struct work : sync_function<void> {
  using arguments = smartasync::keep<smartasync::borrowed<std::function<void()>&>>;
  static void invoke(std::function<void()>& f) { f(); }
};
struct on_serial : work {
  static constexpr smartasync::site site{.function = "work::on_serial", .executor = "serial"};
};
struct on_first : work {
  static constexpr smartasync::site site{.function = "work::on_first", .executor = "circle_first"};
};
struct on_second : work {
  static constexpr smartasync::site site{.function = "work::on_second",
                                         .executor = "circle_second"};
};
struct on_pair : work {
  static constexpr smartasync::site site{.function = "work::on_pair", .executor = "circle_pair"};
};
struct on_growing : work {
  static constexpr smartasync::site site{.function = "work::on_growing",
                                         .executor = "circle_growing"};
};

/// A test of this suite that hangs is killed by its alarm.
struct circle : testing::Test {
  circle() {
    alarm(60);
    smartasync::configure_executor("circle_first", {.max_threads = 1, .reserve_threads = 0});
    smartasync::configure_executor("circle_second", {.max_threads = 1, .reserve_threads = 0});
    smartasync::configure_executor("circle_pair", {.max_threads = 2, .reserve_threads = 0});
    smartasync::configure_executor("circle_growing", {.max_threads = 1, .reserve_threads = 1});
  }
  ~circle() override { alarm(0); }
};

/// For a call that wants a thread and nothing else.
inline std::function<void()> nothing = [] {};

/// Runs `f` on the executor of `On`, from a thread that no loop runs on.
template <class On>
void run_on(std::function<void()> f) {
  run([&] { return stub<On>(f); });
}

/// For a coroutine: arrives at the gate and waits until all have.
inline task<> arrival(std::latch& gate) {
  gate.count_down();
  co_await to_thread("circle_gates", [&] { gate.wait(); });
}

/// What its caller is told: an error of a circle, or nothing.
template <class F>
std::string refusal(F&& f) {
  try {
    f();
  } catch (const smartasync::serial_reentry_error& error) {
    return error.what();
  } catch (const smartasync::executor_full_error& error) {
    return error.what();
  }
  return {};
}

/// Which of several calls was refused, and what it was told.
struct refused_call {
  std::size_t which = 0;
  std::string said;
};

/// Makes each on a thread of its own. Exactly one of them must be refused.
inline refused_call refusal_of_one(const std::vector<std::function<void()>>& calls) {
  std::vector<std::string> said(calls.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i != calls.size(); ++i) {
    threads.emplace_back([&, i] { said[i] = refusal(calls[i]); });
  }
  for (std::thread& each : threads) each.join();
  refused_call found;
  int refused = 0;
  for (std::size_t i = 0; i != calls.size(); ++i) {
    if (said[i].empty()) continue;
    ++refused;
    found = {i, std::move(said[i])};
  }
  EXPECT_EQ(refused, 1);
  return found;
}

inline testing::AssertionResult contains(std::string_view text, std::string_view part) {
  if (text.find(part) != std::string_view::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no \"" << part << "\" in: " << text;
}

}  // namespace wait_circle
