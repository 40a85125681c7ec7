// SPDX-License-Identifier: MIT
// Calls that wait for each other through serial lanes and through executors that have no thread
// left: the last of them gets an error that says how the circle closes, the others their values. A
// test that hangs is killed by its alarm.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <latch>
#include <string>
#include <thread>

#include "call_functions.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/run.hpp"
#include "smartasync/task_group.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/when_all.hpp"
#include "smartasync/when_any.hpp"
#include "smartasync/with_timeout.hpp"

namespace {

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
template <class Name>
struct on_executor : sync_function<void> {
  static constexpr smartasync::site site{.function = Name::function, .executor = Name::executor};
  using arguments = smartasync::keep<smartasync::borrowed<std::function<void()>&>>;
  static void invoke(std::function<void()>& f) { f(); }
};
struct serial_name {
  static constexpr const char* function = "work::on_serial";
  static constexpr const char* executor = "serial";
};
struct first_name {
  static constexpr const char* function = "work::on_first";
  static constexpr const char* executor = "circle_first";
};
struct second_name {
  static constexpr const char* function = "work::on_second";
  static constexpr const char* executor = "circle_second";
};
struct pair_name {
  static constexpr const char* function = "work::on_pair";
  static constexpr const char* executor = "circle_pair";
};
struct growing_name {
  static constexpr const char* function = "work::on_growing";
  static constexpr const char* executor = "circle_growing";
};
using on_serial = on_executor<serial_name>;
using on_first = on_executor<first_name>;
using on_second = on_executor<second_name>;
using on_pair = on_executor<pair_name>;
using on_growing = on_executor<growing_name>;

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

/// A latch that a coroutine may wait for.
task<> passed(std::latch& gate) {
  co_await to_thread("circle_gates", [&] { gate.wait(); });
}

/// Runs both on threads of their own and gives what the one that was refused is told. Exactly one
/// of them must be.
template <class F, class G>
std::string refusal_of_one(F f, G g) {
  std::string of_f;
  std::string of_g;
  std::thread other([&] { of_g = refusal(g); });
  of_f = refusal(f);
  other.join();
  EXPECT_NE(of_f.empty(), of_g.empty()) << of_f << " | " << of_g;
  return of_f + of_g;
}

bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

/// What a circle of "room::await_in" or "room::block_in" and of a call that holds the thread of
/// "serial" says: it depends on which of the two waits last.
void expect_lane_and_serial(const std::string& said, const char* in_lane, const char* wanted) {
  const bool lane_was_last = contains(said, "its serial lane is held by");
  const std::string expected =
      lane_was_last
          ? std::string("Cannot call ") + wanted + "(): its serial lane is held by " + in_lane +
                "(), which waits for the executor \"serial\", whose thread the chain of calls "
                "holds, and each would wait for the other: work::on_serial() -> " +
                wanted + "()."
          : std::string(
                "Cannot call work::on_serial(): the thread of the executor \"serial\" is "
                "held by work::on_serial(), which waits for the serial lane that the "
                "chain of calls is inside, and each would wait for the other: ") +
                in_lane + "() -> work::on_serial().";
  EXPECT_EQ(said, expected);
}

/// The lane's holder awaits the serial executor, whose thread calls `Wanted` for the lane.
template <class Wanted>
std::string refusal_of_an_async_holder() {
  room r;
  std::latch inside(1);
  std::latch on_thread(1);
  std::function<void()> nothing = [] {};
  r.awaits = [&]() -> task<> {
    inside.count_down();
    co_await passed(on_thread);
    co_await stub<on_serial>(nothing);
  };
  std::function<void()> wants_lane = [&] {
    on_thread.count_down();
    blocking<Wanted>(r);
  };
  return refusal_of_one([&] { blocking<await_in>(r); },
                        [&] {
                          inside.wait();
                          run([&] { return stub<on_serial>(wants_lane); });
                        });
}

TEST_F(circle, of_an_async_holder_of_a_lane_and_a_sync_caller_on_the_serial_thread) {
  expect_lane_and_serial(refusal_of_an_async_holder<block_in>(), "room::await_in",
                         "room::block_in");
}

TEST_F(circle, of_an_async_holder_of_a_lane_and_a_coroutine_that_the_serial_thread_waits_for) {
  expect_lane_and_serial(refusal_of_an_async_holder<pass_in>(), "room::await_in", "room::pass_in");
}

TEST_F(circle, of_a_sync_holder_of_a_lane_on_a_plain_thread_and_the_serial_thread) {
  room r;
  std::latch inside(1);
  std::latch on_thread(1);
  std::function<void()> nothing = [] {};
  r.blocks = [&] {
    inside.count_down();
    on_thread.wait();
    run([&] { return stub<on_serial>(nothing); });
  };
  std::function<void()> wants_lane = [&] {
    on_thread.count_down();
    blocking<block_in>(r);
  };
  const std::string said = refusal_of_one([&] { blocking<block_in>(r); },
                                          [&] {
                                            inside.wait();
                                            run([&] { return stub<on_serial>(wants_lane); });
                                          });
  expect_lane_and_serial(said, "room::block_in", "room::block_in");
}

TEST_F(circle, of_a_sync_holder_of_a_lane_on_an_executors_thread_and_the_serial_thread) {
  room r;
  std::latch inside(1);
  std::latch on_thread(1);
  std::function<void()> nothing = [] {};
  r.blocks = [&] {
    inside.count_down();
    on_thread.wait();
    run([&] { return stub<on_serial>(nothing); });
  };
  std::function<void()> wants_lane = [&] {
    on_thread.count_down();
    blocking<block_in>(r);
  };
  const std::string said = refusal_of_one([&] { run([&] { return stub<block_in>(r); }); },
                                          [&] {
                                            inside.wait();
                                            run([&] { return stub<on_serial>(wants_lane); });
                                          });
  expect_lane_and_serial(said, "room::block_in", "room::block_in");
}

TEST_F(circle, of_two_executors_of_one_thread_whose_calls_need_each_other) {
  std::latch both(2);
  std::function<void()> nothing = [] {};
  std::function<void()> needs_second = [&] {
    both.arrive_and_wait();
    blocking<await_in>(*[&] {
      static room r;
      r.awaits = [&]() -> task<> { co_await stub<on_second>(nothing); };
      return &r;
    }());
  };
  std::function<void()> needs_first = [&] {
    both.arrive_and_wait();
    run([&] { return stub<on_first>(nothing); });
  };
  const std::string said =
      refusal_of_one([&] { run([&] { return stub<on_first>(needs_second); }); },
                     [&] { run([&] { return stub<on_second>(needs_first); }); });
  const bool first_was_last = contains(said, "Cannot call work::on_second()");
  EXPECT_EQ(said,
            first_was_last
                ? "Cannot call work::on_second(): the thread of the executor \"circle_second\" is "
                  "held by work::on_second(), which waits for the executor \"circle_first\", whose "
                  "thread the chain of calls holds, and each would wait for the other: "
                  "work::on_first() -> room::await_in() -> work::on_second()."
                : "Cannot call work::on_first(): the thread of the executor \"circle_first\" is "
                  "held by work::on_first(), which waits for the executor \"circle_second\", whose "
                  "thread the chain of calls holds, and each would wait for the other: "
                  "work::on_second() -> work::on_first().");
}

TEST_F(circle, of_three_over_two_lanes_and_an_executor_names_all_on_its_way) {
  room a;
  room b;
  std::latch all_hold(3);
  std::function<void()> nothing = [] {};
  a.blocks = [&] {
    all_hold.arrive_and_wait();
    run([&] { return stub<on_first>(nothing); });
  };
  std::function<void()> wants_b = [&] {
    all_hold.arrive_and_wait();
    blocking<block_in>(b);
  };
  b.awaits = [&]() -> task<> {
    all_hold.count_down();
    co_await passed(all_hold);
    co_await stub<await_in>(a);
  };
  std::string said[3];
  std::thread first([&] { said[0] = refusal([&] { blocking<block_in>(a); }); });
  std::thread second(
      [&] { said[1] = refusal([&] { run([&] { return stub<on_first>(wants_b); }); }); });
  said[2] = refusal([&] { blocking<await_in>(b); });
  first.join();
  second.join();
  EXPECT_EQ(said[0].empty() + said[1].empty() + said[2].empty(), 2);
  EXPECT_EQ(
      said[0] + said[1] + said[2],
      !said[0].empty()
          ? "Cannot call work::on_first(): the thread of the executor \"circle_first\" is "
            "held by work::on_first(), which waits for the serial lane of room::await_in(), "
            "which waits for the serial lane that the chain of calls is inside, and each "
            "would wait for the other: room::block_in() -> work::on_first()."
      : !said[1].empty()
          ? "Cannot call room::block_in(): its serial lane is held by room::await_in(), which "
            "waits for the serial lane of room::block_in(), which waits for the executor "
            "\"circle_first\", whose thread the chain of calls holds, and each would wait "
            "for the other: work::on_first() -> room::block_in()."
          : "Cannot call room::await_in(): its serial lane is held by room::block_in(), which "
            "waits for the executor \"circle_first\", whose thread is held by "
            "work::on_first(), which waits for the serial lane that the chain of calls is "
            "inside, and each would wait for the other: room::await_in() -> "
            "room::await_in().");
}

TEST_F(circle, takes_all_threads_of_an_executor_that_has_two) {
  room a;
  room b;
  std::latch all_hold(3);
  std::function<void()> nothing = [] {};
  std::function<void()> wants_a = [&] {
    all_hold.arrive_and_wait();
    blocking<block_in>(a);
  };
  std::atomic<int> calls{0};
  a.awaits = [&]() -> task<> {
    ++calls;
    all_hold.count_down();
    co_await passed(all_hold);
    co_await stub<on_pair>(nothing);
  };
  std::string said[3];
  std::thread first(
      [&] { said[0] = refusal([&] { run([&] { return stub<on_pair>(wants_a); }); }); });
  std::thread second(
      [&] { said[1] = refusal([&] { run([&] { return stub<on_pair>(wants_a); }); }); });
  said[2] = refusal([&] { blocking<await_in>(a); });
  first.join();
  second.join();
  // The last of the three, whoever that is.
  EXPECT_EQ(said[0].empty() + said[1].empty() + said[2].empty(), 2);
  if (!said[2].empty()) {
    EXPECT_TRUE(contains(said[2],
                         "each thread of the executor \"circle_pair\" is held, one by "
                         "work::on_pair()"))
        << said[2];
  }
}

TEST_F(circle, is_none_where_one_of_the_executors_threads_comes_free) {
  room r;
  std::latch both_hold(2);
  std::function<void()> nothing = [] {};
  std::function<void()> wants_lane = [&] {
    both_hold.arrive_and_wait();
    blocking<block_in>(r);
  };
  std::function<void()> sleeps = [&] { run(smartasync::sleep_for(20ms)); };
  r.awaits = [&]() -> task<> {
    both_hold.count_down();
    co_await passed(both_hold);
    // Both threads block, but one of them for a while only.
    co_await smartasync::when_all(stub<on_pair>(sleeps), stub<on_pair>(nothing));
  };
  std::thread other([&] { run([&] { return stub<on_pair>(wants_lane); }); });
  blocking<await_in>(r);
  other.join();
}

TEST_F(circle, is_none_where_the_executor_may_grow_beyond_a_thread_that_waits_for_a_lane) {
  room r;
  std::latch both_hold(2);
  std::function<void()> nothing = [] {};
  std::function<void()> wants_lane = [&] {
    both_hold.arrive_and_wait();
    blocking<block_in>(r);
  };
  r.awaits = [&]() -> task<> {
    both_hold.count_down();
    co_await passed(both_hold);
    co_await stub<on_growing>(nothing);
  };
  std::thread other([&] { run([&] { return stub<on_growing>(wants_lane); }); });
  blocking<await_in>(r);
  other.join();
}

TEST_F(circle, is_left_by_who_waits_with_a_time_limit) {
  room r;
  std::latch both_hold(2);
  std::function<void()> nothing = [] {};
  bool timed_out = false;
  std::function<void()> wants_lane_for_a_while = [&] {
    both_hold.arrive_and_wait();
    try {
      run(smartasync::with_timeout(20ms, [&] { return stub<pass_in>(r); }));
    } catch (const smartasync::timeout_error&) {
      timed_out = true;
    }
  };
  r.awaits = [&]() -> task<> {
    both_hold.count_down();
    co_await passed(both_hold);
    co_await stub<on_serial>(nothing);
  };
  std::thread other([&] { run([&] { return stub<on_serial>(wants_lane_for_a_while); }); });
  blocking<await_in>(r);
  other.join();
  EXPECT_TRUE(timed_out);
}

TEST_F(circle, is_left_by_who_waits_for_any_of_several_unless_none_of_them_can_come) {
  room r;
  room unused;
  std::function<void()> nothing = [] {};
  for (const bool other_comes : {true, false}) {
    std::latch both_hold(2);
    std::function<void()> wants_any = [&] {
      both_hold.arrive_and_wait();
      run([&]() -> task<> {
        if (other_comes) {
          co_await smartasync::when_any(stub<pass_in>(r), smartasync::sleep_for(20ms));
        } else {
          co_await smartasync::when_any(stub<pass_in>(r), stub<block_in>(r));
        }
      });
    };
    r.awaits = [&]() -> task<> {
      both_hold.count_down();
      co_await passed(both_hold);
      co_await stub<on_serial>(nothing);
    };
    const auto holds = [&] { blocking<await_in>(r); };
    const auto waits = [&] { run([&] { return stub<on_serial>(wants_any); }); };
    if (other_comes) {
      std::thread other(waits);
      holds();
      other.join();
    } else {
      EXPECT_TRUE(contains(refusal_of_one(holds, waits), "each would wait for the other"));
    }
  }
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

TEST_F(circle, within_one_chain_is_found_where_the_thread_that_waits_may_not_help) {
  // The call on the thread holds a lock of its author, for all one knows: what else the coroutine
  // does at the same time must not run above it.
  room r;
  std::latch lane_is_held(1);
  std::function<void()> nothing = [] {};
  std::function<void()> wants_lane = [&] {
    lane_is_held.wait();
    blocking<pass_in>(r);
  };
  std::function<void()> outer = [&] {
    run([&]() -> task<> {
      std::latch on_thread(1);
      std::function<void()> inner = [&] {
        on_thread.count_down();
        wants_lane();
      };
      r.awaits = [&]() -> task<> {
        lane_is_held.count_down();
        co_await passed(on_thread);
        co_await stub<on_serial>(nothing);
      };
      co_await smartasync::when_all(stub<on_serial>(inner), stub<await_in>(r));
    });
  };
  const std::string said = refusal([&] { run([&] { return stub<on_serial>(outer); }); });
  EXPECT_TRUE(contains(said, "each would wait for the other")) << said;
}

struct crowded_name {
  static constexpr const char* function = "work::on_crowded";
  static constexpr const char* executor = "circle_crowded";
};
using on_crowded = on_executor<crowded_name>;

struct report : async_function<void> {
  static constexpr smartasync::site site{.function = "work::report"};
  using arguments = smartasync::keep<smartasync::borrowed<std::function<void()>&>>;
  static task<void> invoke(std::function<void()>& f) { co_await stub<on_crowded>(f); }
};

TEST(full_executor, is_named_with_the_chain_of_calls_that_it_refuses) {
  smartasync::configure_executor("circle_crowded", {.max_threads = 1,
                                                    .max_queue = 1,
                                                    .full = smartasync::when_full::refuse,
                                                    .reserve_threads = 0});
  std::latch may_end(1);
  std::latch started(1);
  std::function<void()> first = [&] {
    started.count_down();
    may_end.wait();
  };
  std::function<void()> waits = [&] { may_end.wait(); };
  std::string of_call;
  std::string of_function;
  run([&]() -> task<> {
    smartasync::task_group<> group;
    group.spawn([&] { return stub<on_crowded>(first); });
    co_await passed(started);
    group.spawn([&] { return stub<on_crowded>(waits); });
    co_await smartasync::yield();
    co_await smartasync::yield();
    try {
      co_await stub<report>(waits);
    } catch (const smartasync::executor_full_error& error) {
      of_call = error.what();
    }
    try {
      co_await to_thread("circle_crowded", std::ref(waits));
    } catch (const smartasync::executor_full_error& error) {
      of_function = error.what();
    }
    may_end.count_down();
    co_await group.join();
  });
  EXPECT_EQ(of_call,
            "Cannot call work::on_crowded(): the executor \"circle_crowded\" is full: "
            "work::report() -> work::on_crowded().");
  EXPECT_EQ(of_function,
            "Cannot call smartasync::to_thread(): the executor \"circle_crowded\" is full: "
            "smartasync::to_thread().");
}

/// The error leaves a call; its copies share one chain.
void leave(const smartasync::executor_full_error& error, const char* function, const void* lane) {
  try {
    throw error;
  } catch (smartasync::detail::call_chain& chain) {
    EXPECT_THROW(chain.pass_on(function, lane), smartasync::executor_full_error);
  }
}

TEST(full_executor, names_a_call_once_that_is_in_the_lane_that_others_wait_for) {
  const int lane = 0;
  const char* const function = "room::block_in";
  const smartasync::executor_full_error error("Cannot call room::block_in(): ", function, &lane,
                                              function);
  leave(error, function, &lane);
  leave(error, "room::await_in", nullptr);
  EXPECT_STREQ(error.what(), "Cannot call room::block_in(): room::block_in().");
}

TEST(full_executor, names_a_function_twice_that_has_called_itself_in_another_lane) {
  const int outer = 0;
  const int inner = 0;
  const char* const function = "room::block_in";
  const smartasync::executor_full_error error("Cannot call room::block_in(): ", function, &outer,
                                              function);
  leave(error, function, &inner);
  leave(error, function, &outer);
  EXPECT_STREQ(error.what(), "Cannot call room::block_in(): room::block_in() -> room::block_in().");
}

}  // namespace
