// SPDX-License-Identifier: MIT
#include <coroutine>
#include <csignal>
#include <span>
#include <stop_token>
#include <string>
#include <thread>

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

bool suspends() { return run(nested(3)) == 4; }

bool offloads() {
  return run([]() -> task<std::string> {
           const std::string text = co_await smartasync::to_thread(
               one(), [](const std::string& t) { return t + "!"; }, std::string(long_text));
           co_return text;
         }) == std::string(long_text) + "!";
}

bool starts_the_first_thread_of_a_pool() {
  smartasync::thread_pool pool("a pool whose name is a long one", {.max_threads = 2});
  return run([&]() -> task<int> {
           auto [a, b] =
               co_await smartasync::when_all(smartasync::to_thread(pool, [] { return 1; }),
                                             smartasync::to_thread(pool, [] { return 2; }));
           co_return a + b;
         }) == 3;
}

bool runs_within_a_job() {
  return run([]() -> task<int> {
           co_return co_await smartasync::to_thread(one(), [] {
             return run([]() -> task<int> {
               co_return co_await smartasync::to_thread(one(), [] { return run(after_yields(8)); });
             });
           });
         }) == 8;
}

bool configures_an_executor() {
  static std::atomic<int> made{0};
  const std::string name = "an executor with a name of its own, number " + std::to_string(++made);
  smartasync::configure_executor(name, {.max_threads = 2, .idle_timeout = 0ms});
  return &smartasync::find_executor(name) == &smartasync::find_executor(name);
}

struct lane_object {
  int calls = 0;
};

struct in_lane : call_test::async_function<int> {
  static constexpr smartasync::site site{.function = "in_lane", .serial = true};
  using object = lane_object;
  using arguments = smartasync::keep<smartasync::borrowed<lane_object&>>;
  static task<int> invoke(lane_object& self) {
    co_await smartasync::yield();
    co_return ++self.calls;
  }
};

bool goes_through_a_lane() {
  lane_object object;
  stub<in_lane>(object).get();
  const auto [a, b, c] = run([&] {
    return smartasync::when_all(stub<in_lane>(object), stub<in_lane>(object),
                                stub<in_lane>(object));
  });
  return a == 2 && b == 3 && c == 4;
}

bool calls_through_stubs() {
  const std::string plain = stub<call_test::shout>(long_text).get();
  const int sum = stub<call_test::slow_add>(1, 2).get();
  return run([&]() -> task<bool> {
    std::string text = long_text;
    auto pending = stub<call_test::shout>(text);
    text.assign(text.size(), '-');
    co_return co_await pending == plain&& co_await stub<call_test::slow_add>(3, sum) == 6;
  });
}

bool sets_variables() {
  static smartasync::context_var<std::string> name{std::string("none")};
  static smartasync::context_var<int> number(0);
  return run([]() -> task<bool> {
    name.set(long_text);
    number.set(1);
    co_await smartasync::to_thread(one(), [] {
      number.set(number.get() + 1);
      name.set(name.get() + "!");
    });
    name.set(name.get() + "!");
    co_return number.get() == 2 && name.get() == std::string(long_text) + "!!";
  });
}

bool runs_with_a_token_and_a_signal() {
  std::stop_source source;
  return run(nested(1), {.cancel_on_signals = {SIGUSR2}, .stop = source.get_token()}) == 2;
}

bool asks_for_its_token() {
  return run([]() -> task<bool> {
    const auto [stopped, none] = co_await smartasync::when_all(
        []() -> task<bool> {
          const std::stop_token token = smartasync::current_stop_token();
          const std::stop_callback noted(token, [] {});
          co_await smartasync::yield();
          co_return token.stop_requested();
        },
        [] { return after_yields(0); });
    co_return !stopped;
  });
}

struct on_new_thread {
  std::thread* thread;
  static bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<> h) {
    *thread = std::thread([h] { h.resume(); });
  }
  static int await_resume() noexcept { return 9; }
};

bool awaits_something_foreign() {
  std::thread other;
  struct joining {
    std::thread& thread;
    ~joining() {
      if (thread.joinable()) thread.join();
    }
  } const join_it{other};
  return run([&]() -> task<int> { co_return co_await on_new_thread{&other}; }) == 9;
}

constexpr scenario all[] = {
    {"suspends", suspends},
    {"offloads", offloads},
    {"starts_the_first_thread_of_a_pool", starts_the_first_thread_of_a_pool},
    {"runs_within_a_job", runs_within_a_job, lasting::frames},
    {"configures_an_executor", configures_an_executor, lasting::what_it_made},
    {"goes_through_a_lane", goes_through_a_lane},
    {"calls_through_stubs", calls_through_stubs},
    {"sets_variables", sets_variables},
    {"runs_with_a_token_and_a_signal", runs_with_a_token_and_a_signal},
    {"asks_for_its_token", asks_for_its_token},
    {"awaits_something_foreign", awaits_something_foreign},
};

}  // namespace

std::span<const scenario> call_scenarios() { return all; }

bool serves_the_next_call() { return offloads() && suspends(); }

}  // namespace reliability
