// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <array>
#include <atomic>
#include <new>
#include <span>
#include <string>

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

bool posts_functions() {
  std::string seen;
  const int before = reported().load();
  smartasync::event_loop loop;
  loop.post([&, text = std::string(long_text)] { seen += text; });
  loop.post([&] { loop.stop(); });
  loop.run();
  return seen == long_text || reported().load() != before;
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

constexpr scenario all[] = {
    {"posts_functions", posts_functions},
    {"watches_a_descriptor", watches_a_descriptor},
    {"starts_a_named_loop", starts_a_named_loop, lasting::what_it_made},
    {"calls_on_a_named_loop", calls_on_a_named_loop, lasting::frames},
    {"submits_to_a_portal", submits_to_a_portal, lasting::frames},
    {"closes_a_portal_while_a_call_is_inside", closes_a_portal_while_a_call_is_inside,
     lasting::frames},
};

}  // namespace

std::span<const scenario> loop_scenarios() { return all; }

}  // namespace reliability
