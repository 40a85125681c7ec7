// SPDX-License-Identifier: MIT
#include "allocation_scenarios.hpp"

#include <unistd.h>

#include <array>
#include <coroutine>
#include <csignal>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "../unit/runtime/call_functions.hpp"
#include "smartasync/smartasync.hpp"

namespace reliability {
namespace {

using namespace std::chrono_literals;
using call_test::stub;
using smartasync::run;
using smartasync::task;

/// The executor of most scenarios: one thread, so that how many there are does not change.
smartasync::executor& one() {
  static smartasync::executor& found = [&]() -> smartasync::executor& {
    smartasync::configure_executor(
        "one", {.max_threads = 1, .idle_timeout = std::chrono::milliseconds::max()});
    return smartasync::find_executor("one");
  }();
  return found;
}

/// Longer than what a string keeps in itself.
constexpr const char* long_text = "a text that is too long for a string to keep it in itself";

task<int> after_yields(int value, int yields = 1) {
  for (int i = 0; i != yields; ++i) co_await smartasync::yield();
  co_return value;
}

task<int> nested(int depth) {
  if (depth == 0) {
    co_await smartasync::sleep_for(1us);
    co_return 1;
  }
  co_return 1 + co_await nested(depth - 1);
}

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

bool submits_to_a_portal() {
  return run([]() -> task<int> {
           smartasync::portal way_in;
           co_return co_await smartasync::to_thread(one(), [&] {
             return way_in.submit([] { return after_yields(5); }).get() +
                    way_in.call([] { return 6; });
           });
         }) == 11;
}

/// It is made before the call starts that waits for it, and fails no more then.
task<> closes_soon(smartasync::portal& open) {
  try {
    co_await smartasync::sleep_for(1ms);
  } catch (const std::bad_alloc&) {
    // Sooner, then.
  }
  open.close();
}

bool closes_a_portal_while_a_call_is_inside() {
  return run([]() -> task<bool> {
    smartasync::portal way_in;
    auto [refused, closed] = co_await smartasync::when_all(
        smartasync::to_thread(one(),
                              [&] {
                                try {
                                  way_in.call([] { return smartasync::sleep_for(24h); });
                                } catch (const smartasync::loop_closed_error&) {
                                  return true;
                                }
                                return false;
                              }),
        closes_soon(way_in));
    co_return refused;
  });
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

bool starts_a_named_loop() {
  static std::atomic<int> made{0};
  const std::string name = "a loop with a long name, number " + std::to_string(++made);
  smartasync::event_loop& loop = smartasync::named_loop(name);
  std::atomic<bool> ran{false};
  loop.post([&] {
    ran = true;
    ran.notify_one();
  });
  ran.wait(false);
  return true;
}

bool calls_on_a_named_loop() {
  static_cast<void>(stub<call_test::on_net>(false).get());
  run([]() -> task<> { static_cast<void>(co_await stub<call_test::on_net>(false)); });
  return true;
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

bool watches_a_descriptor() {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return false;
  struct closing {
    std::array<int, 2>& ends;
    ~closing() {
      for (const int each : ends) ::close(each);
    }
  } const close_them{ends};
  return run([&]() -> task<bool> {
    co_await smartasync::writable(ends[1]);
    if (::write(ends[1], "x", 1) != 1) co_return false;
    co_await smartasync::readable(ends[0]);
    char read = 0;
    co_return ::read(ends[0], &read, 1) == 1 && read == 'x';
  });
}

bool posts_functions() {
  std::string seen;
  const int before = reported().load();
  smartasync::event_loop loop;
  loop.post([&, text = std::string(long_text)] { seen += text; });
  loop.post([&] { loop.stop(); });
  loop.run();
  return seen == long_text || reported().load() != before;
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
    {"waits_for_all", waits_for_all},
    {"waits_for_all_of_a_range", waits_for_all_of_a_range},
    {"waits_for_any", waits_for_any},
    {"joins_a_group", joins_a_group},
    {"joins_a_group_without_results", joins_a_group_without_results},
    {"ends_in_time", ends_in_time},
    {"is_late", is_late},
    {"abandons", abandons},
    {"spawns", spawns},
    {"submits_to_a_portal", submits_to_a_portal, lasting::frames},
    {"closes_a_portal_while_a_call_is_inside", closes_a_portal_while_a_call_is_inside,
     lasting::frames},
    {"configures_an_executor", configures_an_executor, lasting::what_it_made},
    {"goes_through_a_lane", goes_through_a_lane},
    {"starts_a_named_loop", starts_a_named_loop, lasting::what_it_made},
    {"calls_on_a_named_loop", calls_on_a_named_loop, lasting::frames},
    {"sets_variables", sets_variables},
    {"calls_through_stubs", calls_through_stubs},
    {"runs_with_a_token_and_a_signal", runs_with_a_token_and_a_signal},
    {"asks_for_its_token", asks_for_its_token},
    {"watches_a_descriptor", watches_a_descriptor},
    {"posts_functions", posts_functions},
    {"runs_within_a_job", runs_within_a_job, lasting::frames},
    {"awaits_something_foreign", awaits_something_foreign},
};

}  // namespace

std::span<const scenario> allocation_scenarios() { return all; }

bool serves_the_next_call() { return offloads() && suspends(); }

std::atomic<int>& reported() {
  static std::atomic<int> count{0};
  return count;
}

}  // namespace reliability
