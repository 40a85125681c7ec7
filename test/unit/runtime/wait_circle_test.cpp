// SPDX-License-Identifier: MIT
// Calls that wait for each other through serial lanes and through executors that have no thread
// left: the last of them gets an error that says how the circle closes, the others their values.
#include "wait_circle.hpp"

#include <functional>
#include <latch>
#include <string>
#include <utility>

#include "smartasync/when_all.hpp"

namespace {

using namespace wait_circle;

/// What the circle says of a function that holds a lane and waits for the thread of "serial", and
/// of a call that holds that thread and waits for the lane, for `wanted`.
void expect_lane_and_serial(const refused_call& refused, const std::string& in_lane,
                            const std::string& wanted) {
  const bool lane_was_last = refused.which == 1;
  EXPECT_EQ(
      refused.said,
      lane_was_last
          ? "Cannot call " + wanted + "(): its serial lane is held by " + in_lane +
                "(), which waits for the executor \"serial\", whose thread the chain of calls "
                "holds, and each would wait for the other: work::on_serial() -> " +
                wanted + "()."
          : "Cannot call work::on_serial(): the thread of the executor \"serial\" is held by "
            "work::on_serial(), which waits for the serial lane that the chain of calls is "
            "inside, and each would wait for the other: " +
                in_lane + "() -> work::on_serial().");
}

/// The lane's holder awaits the serial executor, whose thread calls `Wanted` for the lane.
template <class Wanted>
refused_call refusal_of_an_async_holder() {
  room r;
  std::latch both_hold(2);
  r.awaits = [&]() -> task<> {
    co_await arrival(both_hold);
    co_await stub<on_serial>(nothing);
  };
  const auto wants_lane = [&] {
    both_hold.arrive_and_wait();
    blocking<Wanted>(r);
  };
  return refusal_of_one({[&] { blocking<await_in>(r); }, [&] { run_on<on_serial>(wants_lane); }});
}

TEST_F(circle, of_an_async_holder_of_a_lane_and_a_sync_caller_on_the_serial_thread) {
  expect_lane_and_serial(refusal_of_an_async_holder<block_in>(), "room::await_in",
                         "room::block_in");
}

TEST_F(circle, of_an_async_holder_of_a_lane_and_a_coroutine_that_the_serial_thread_waits_for) {
  expect_lane_and_serial(refusal_of_an_async_holder<pass_in>(), "room::await_in", "room::pass_in");
}

/// The lane's holder, which `enter` calls, waits for the serial executor, whose thread calls the
/// same function.
refused_call refusal_of_a_sync_holder(void (*enter)(room&)) {
  room r;
  std::latch both_hold(2);
  bool is_held = false;  // Guarded by the lane.
  r.blocks = [&] {
    if (!std::exchange(is_held, true)) both_hold.arrive_and_wait();
    run_on<on_serial>(nothing);
  };
  const auto wants_lane = [&] {
    both_hold.arrive_and_wait();
    blocking<block_in>(r);
  };
  return refusal_of_one({[&] { enter(r); }, [&] { run_on<on_serial>(wants_lane); }});
}

TEST_F(circle, of_a_sync_holder_of_a_lane_on_a_plain_thread_and_the_serial_thread) {
  expect_lane_and_serial(refusal_of_a_sync_holder([](room& r) { blocking<block_in>(r); }),
                         "room::block_in", "room::block_in");
}

TEST_F(circle, of_a_sync_holder_of_a_lane_on_an_executors_thread_and_the_serial_thread) {
  expect_lane_and_serial(
      refusal_of_a_sync_holder([](room& r) { run([&] { return stub<block_in>(r); }); }),
      "room::block_in", "room::block_in");
}

TEST_F(circle, of_two_executors_of_one_thread_whose_calls_need_each_other) {
  std::latch both_hold(2);
  room r;
  r.awaits = [&]() -> task<> { co_await stub<on_second>(nothing); };
  const auto needs_second = [&] {
    both_hold.arrive_and_wait();
    blocking<await_in>(r);
  };
  const auto needs_first = [&] {
    both_hold.arrive_and_wait();
    run_on<on_first>(nothing);
  };
  const refused_call refused = refusal_of_one(
      {[&] { run_on<on_first>(needs_second); }, [&] { run_on<on_second>(needs_first); }});
  const char* const expected[] = {
      "Cannot call work::on_second(): the thread of the executor \"circle_second\" is held by "
      "work::on_second(), which waits for the executor \"circle_first\", whose thread the chain of "
      "calls holds, and each would wait for the other: work::on_first() -> room::await_in() -> "
      "work::on_second().",
      "Cannot call work::on_first(): the thread of the executor \"circle_first\" is held by "
      "work::on_first(), which waits for the executor \"circle_second\", whose thread the chain of "
      "calls holds, and each would wait for the other: work::on_second() -> work::on_first()."};
  EXPECT_EQ(refused.said, expected[refused.which]);
}

TEST_F(circle, of_three_over_two_lanes_and_an_executor_names_all_on_its_way) {
  room a;
  room b;
  std::latch all_hold(3);
  a.blocks = [&] {
    all_hold.arrive_and_wait();
    run_on<on_first>(nothing);
  };
  const auto wants_b = [&] {
    all_hold.arrive_and_wait();
    blocking<block_in>(b);
  };
  b.awaits = [&]() -> task<> {
    co_await arrival(all_hold);
    co_await stub<await_in>(a);
  };
  const refused_call refused =
      refusal_of_one({[&] { blocking<block_in>(a); }, [&] { run_on<on_first>(wants_b); },
                      [&] { blocking<await_in>(b); }});
  const char* const expected[] = {
      "Cannot call work::on_first(): the thread of the executor \"circle_first\" is held by "
      "work::on_first(), which waits for the serial lane of room::await_in(), which waits for the "
      "serial lane that the chain of calls is inside, and each would wait for the other: "
      "room::block_in() -> work::on_first().",
      "Cannot call room::block_in(): its serial lane is held by room::await_in(), which waits for "
      "the serial lane of room::block_in(), which waits for the executor \"circle_first\", whose "
      "thread the chain of calls holds, and each would wait for the other: work::on_first() -> "
      "room::block_in().",
      "Cannot call room::await_in(): its serial lane is held by room::block_in(), which waits for "
      "the executor \"circle_first\", whose thread is held by work::on_first(), which waits for "
      "the serial lane that the chain of calls is inside, and each would wait for the other: "
      "room::await_in() -> room::await_in()."};
  EXPECT_EQ(refused.said, expected[refused.which]);
}

TEST_F(circle, takes_all_threads_of_an_executor_that_has_two) {
  room a;
  std::latch all_hold(3);
  const auto wants_a = [&] {
    all_hold.arrive_and_wait();
    blocking<block_in>(a);
  };
  a.awaits = [&]() -> task<> {
    co_await arrival(all_hold);
    co_await stub<on_pair>(nothing);
  };
  // The last of the three, whoever that is.
  const refused_call refused =
      refusal_of_one({[&] { run_on<on_pair>(wants_a); }, [&] { run_on<on_pair>(wants_a); },
                      [&] { blocking<await_in>(a); }});
  if (refused.which == 2) {
    EXPECT_TRUE(contains(refused.said,
                         "each thread of the executor \"circle_pair\" is held, one by "
                         "work::on_pair()"));
  }
}

TEST_F(circle, within_one_chain_is_found_where_the_thread_that_waits_may_not_help) {
  // The call on the thread holds a lock of its author, for all one knows: what else the coroutine
  // does at the same time must not run above it.
  const auto outer = [] {
    run([]() -> task<> {
      room r;
      std::latch both_hold(2);
      std::function<void()> wants_lane = [&] {
        both_hold.arrive_and_wait();
        blocking<pass_in>(r);
      };
      r.awaits = [&]() -> task<> {
        co_await arrival(both_hold);
        co_await stub<on_serial>(nothing);
      };
      co_await smartasync::when_all(stub<on_serial>(wants_lane), stub<await_in>(r));
    });
  };
  EXPECT_TRUE(
      contains(refusal([&] { run_on<on_serial>(outer); }), "each would wait for the other"));
}

}  // namespace
