// SPDX-License-Identifier: MIT
// Calls that wait for each other where one of them can still go on, or give up: they all get their
// values, and none is refused for the sake of a circle.
#include <functional>
#include <latch>
#include <thread>

#include "smartasync/sleep.hpp"
#include "smartasync/when_all.hpp"
#include "smartasync/when_any.hpp"
#include "smartasync/with_timeout.hpp"
#include "wait_circle.hpp"

namespace {

using namespace wait_circle;

TEST_F(circle, is_none_where_one_of_the_executors_threads_comes_free) {
  room r;
  std::latch both_hold(2);
  const auto wants_lane = [&] {
    both_hold.arrive_and_wait();
    blocking<block_in>(r);
  };
  std::function<void()> sleeps = [&] { run(smartasync::sleep_for(20ms)); };
  r.awaits = [&]() -> task<> {
    co_await arrival(both_hold);
    // Both threads block, but one of them for a while only.
    co_await smartasync::when_all(stub<on_pair>(sleeps), stub<on_pair>(nothing));
  };
  std::thread other([&] { run_on<on_pair>(wants_lane); });
  blocking<await_in>(r);
  other.join();
}

TEST_F(circle, is_none_where_the_executor_may_grow_beyond_a_thread_that_waits_for_a_lane) {
  room r;
  std::latch both_hold(2);
  const auto wants_lane = [&] {
    both_hold.arrive_and_wait();
    blocking<block_in>(r);
  };
  r.awaits = [&]() -> task<> {
    co_await arrival(both_hold);
    co_await stub<on_growing>(nothing);
  };
  std::thread other([&] { run_on<on_growing>(wants_lane); });
  blocking<await_in>(r);
  other.join();
}

/// A room whose lane is held until its holder gets the serial thread, which is held until `wants`
/// has ended.
class held_lane {
 public:
  room lane;
  std::function<void()> wants;

  held_lane() {
    lane.awaits = [this]() -> task<> {
      co_await arrival(both_hold_);
      co_await stub<on_serial>(nothing);
    };
  }
  void hold_lane() { blocking<await_in>(lane); }
  void hold_thread() {
    run_on<on_serial>([this] {
      both_hold_.arrive_and_wait();
      wants();
    });
  }

 private:
  std::latch both_hold_{2};
};

TEST_F(circle, is_left_by_who_waits_with_a_time_limit) {
  bool timed_out = false;
  held_lane held;
  held.wants = [&] {
    try {
      run(smartasync::with_timeout(20ms, [&] { return stub<pass_in>(held.lane); }));
    } catch (const smartasync::timeout_error&) {
      timed_out = true;
    }
  };
  std::thread other([&] { held.hold_thread(); });
  held.hold_lane();
  other.join();
  EXPECT_TRUE(timed_out);
}

TEST_F(circle, is_left_by_who_waits_for_any_of_several_unless_none_of_them_can_come) {
  held_lane left;
  left.wants = [&] {
    run([&] {
      return smartasync::when_any(stub<pass_in>(left.lane), smartasync::sleep_for(20ms));
    });
  };
  std::thread other([&] { left.hold_thread(); });
  left.hold_lane();
  other.join();

  held_lane closed;
  closed.wants = [&] {
    run([&] {
      return smartasync::when_any(stub<pass_in>(closed.lane), stub<block_in>(closed.lane));
    });
  };
  EXPECT_TRUE(
      contains(refusal_of_one({[&] { closed.hold_lane(); }, [&] { closed.hold_thread(); }}).said,
               "each would wait for the other"));
}

TEST_F(circle, is_none_between_calls_that_one_coroutine_makes_at_once) {
  room r;
  std::function<void()> sleeps = [&] { run(smartasync::sleep_for(5ms)); };
  r.awaits = [&]() -> task<> { co_await stub<on_serial>(sleeps); };
  run([&] {
    return smartasync::when_all(stub<on_serial>(sleeps), stub<await_in>(r), stub<on_serial>(sleeps),
                                stub<await_in>(r), to_thread("serial", std::ref(sleeps)));
  });
}

}  // namespace
