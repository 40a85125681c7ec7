// SPDX-License-Identifier: MIT
// Threads that wait in portal::call() for what the loop does: they do not count as working, make
// the calls that they wait for, and are seen by the search for calls that wait for each other. A
// test that hangs is killed by its alarm.
#include <functional>
#include <latch>
#include <string>
#include <thread>
#include <utility>

#include "foreign_coroutine.hpp"
#include "smartasync/context.hpp"
#include "smartasync/named_loop.hpp"
#include "smartasync/portal.hpp"
#include "smartasync/when_all.hpp"
#include "smartasync/with_timeout.hpp"
#include "wait_circle.hpp"

namespace {

using namespace wait_circle;
using smartasync::portal;

struct portal_call : circle {};

TEST_F(portal_call, of_an_executors_only_thread_makes_the_calls_that_it_waits_for) {
  std::thread::id outer;
  std::thread::id inner;
  run([&]() -> task<> {
    portal in;
    co_await to_thread("circle_first", [&] {
      outer = std::this_thread::get_id();
      inner = in.call(
          [] { return to_thread("circle_first", [] { return std::this_thread::get_id(); }); });
    });
  });
  EXPECT_EQ(inner, outer);
}

TEST_F(portal_call, on_a_named_loop_makes_the_calls_that_it_waits_for) {
  portal in(smartasync::named_loop("portal_test"));
  int value = 0;
  run(to_thread("circle_first", [&] {
    value = in.call([&]() -> task<int> {
      co_return co_await to_thread("circle_first", [&] {
        return in.call([] { return to_thread("circle_first", [] { return 5; }); });
      });
    });
  }));
  EXPECT_EQ(value, 5);
}

TEST_F(portal_call, leaves_the_executor_a_thread_for_others) {
  run([]() -> task<> {
    portal in;
    std::latch others_came(1);
    std::latch waits(1);
    const auto waits_for_others = [&] {
      in.call([&]() -> task<> {
        waits.count_down();
        co_await to_thread("circle_gates", [&] { others_came.wait(); });
      });
    };
    const auto comes = [&]() -> task<> {
      co_await to_thread("circle_gates", [&] { waits.wait(); });
      co_await to_thread("circle_growing", [&] { others_came.count_down(); });
    };
    co_await smartasync::when_all(to_thread("circle_growing", std::ref(waits_for_others)), comes);
  });
}

TEST_F(portal_call, that_enters_its_callers_lane_again_is_an_error_and_no_hang) {
  room r;
  portal in(smartasync::named_loop("portal_test"));
  r.blocks = [&] { in.call([&] { return stub<pass_in>(r); }); };
  const std::string expected =
      "Cannot call room::pass_in(): the chain of calls that it belongs to is already inside the "
      "same serial lane, and would wait for itself: room::block_in() -> room::pass_in().";
  EXPECT_EQ(refusal([&] { stub<block_in>(r); }), expected);
  EXPECT_EQ(refusal([&] { run([&] { return stub<block_in>(r); }); }), expected);
  r.blocks = [] {};
  stub<block_in>(r);
}

TEST_F(portal_call, that_closes_a_circle_of_executors_is_an_error_for_the_last) {
  portal in(smartasync::named_loop("portal_test"));
  std::latch both(2);
  const auto needs_second = [&] {
    both.arrive_and_wait();
    in.call([&] { return stub<on_second>(nothing); });
  };
  const auto needs_first = [&] {
    both.arrive_and_wait();
    in.call([&] { return stub<on_first>(nothing); });
  };
  const refused_call refused = refusal_of_one(
      {[&] { run_on<on_first>(needs_second); }, [&] { run_on<on_second>(needs_first); }});
  EXPECT_EQ(refused.said,
            refused.which == 0
                ? "Cannot call work::on_second(): the thread of the executor \"circle_second\" is "
                  "held by work::on_second(), which waits for the executor \"circle_first\", whose "
                  "thread the chain of calls holds, and each would wait for the other: "
                  "work::on_first() -> work::on_second()."
                : "Cannot call work::on_first(): the thread of the executor \"circle_first\" is "
                  "held by work::on_first(), which waits for the executor \"circle_second\", whose "
                  "thread the chain of calls holds, and each would wait for the other: "
                  "work::on_second() -> work::on_first().");
}

TEST_F(portal_call, is_not_ended_by_its_callers_deadline_and_so_part_of_a_circle) {
  portal in(smartasync::named_loop("portal_test"));
  std::latch both(2);
  const auto needs_second = [&] {
    both.arrive_and_wait();
    run(smartasync::with_timeout(
        1h, to_thread("circle_gates", [&] { in.call([&] { return stub<on_second>(nothing); }); })));
  };
  const auto needs_first = [&] {
    both.arrive_and_wait();
    run([&] { return stub<on_first>(nothing); });
  };
  refusal_of_one(
      {[&] { run_on<on_first>(needs_second); }, [&] { run_on<on_second>(needs_first); }});
}

TEST_F(portal_call, in_a_loop_of_the_executors_thread_leaves_the_calls_to_others) {
  // Made there, they would take themselves for coroutines of that loop.
  portal in(smartasync::named_loop("portal_test"));
  std::latch ended(1);
  bool is_async = true;
  [](portal& way_in, bool& out, std::latch& end) -> foreign_coroutine {
    auto call = to_thread("circle_growing", [&] {
      return run([&]() -> task<bool> {
        co_return way_in.call(
            [] { return to_thread("circle_growing", smartasync::in_async_context); });
      });
    });
    out = co_await std::move(call);
    end.count_down();
  }(in, is_async, ended);
  ended.wait();
  EXPECT_FALSE(is_async);
}

}  // namespace
