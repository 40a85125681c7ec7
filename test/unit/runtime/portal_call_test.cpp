// SPDX-License-Identifier: MIT
// Threads that wait in portal::call() for what the loop does: they do not count as working, make
// the calls that they wait for, and are seen by the search for calls that wait for each other. A
// test that hangs is killed by its alarm.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <coroutine>
#include <functional>
#include <latch>
#include <string>
#include <thread>

#include "call_functions.hpp"
#include "smartasync/context.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/named_loop.hpp"
#include "smartasync/portal.hpp"
#include "smartasync/run.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/when_all.hpp"
#include "smartasync/with_timeout.hpp"

namespace {

using namespace call_test;
using smartasync::portal;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

/// A call that holds a thread of an executor meanwhile.
template <class Name>
struct on_executor : sync_function<void> {
  static constexpr smartasync::site site{.function = Name::function, .executor = Name::executor};
  using arguments = smartasync::keep<smartasync::borrowed<std::function<void()>&>>;
  static void invoke(std::function<void()>& f) { f(); }
};
struct first_name {
  static constexpr const char* function = "work::on_first";
  static constexpr const char* executor = "portal_first";
};
struct second_name {
  static constexpr const char* function = "work::on_second";
  static constexpr const char* executor = "portal_second";
};
using on_first = on_executor<first_name>;
using on_second = on_executor<second_name>;

/// An object with a lane; what its function does there is for the test to say.
struct room {
  std::function<void()> blocks = [] {};
};
struct block_in : sync_function<void> {
  static constexpr smartasync::site site{
      .function = "room::block_in", .executor = "portal_callers", .serial = true};
  using object = room;
  using arguments = smartasync::keep<smartasync::borrowed<room&>>;
  static void invoke(room& self) { self.blocks(); }
};
struct pass_in : async_function<void> {
  static constexpr smartasync::site site{.function = "room::pass_in", .serial = true};
  using object = room;
  using arguments = smartasync::keep<smartasync::borrowed<room&>>;
  static task<void> invoke(room& /*self*/) { co_return; }
};

struct portal_call : testing::Test {
  portal_call() {
    alarm(60);
    smartasync::configure_executor("portal_first", {.max_threads = 1, .reserve_threads = 0});
    smartasync::configure_executor("portal_second", {.max_threads = 1, .reserve_threads = 0});
    smartasync::configure_executor("portal_growing", {.max_threads = 1, .reserve_threads = 1});
  }
  ~portal_call() override { alarm(0); }
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

TEST_F(portal_call, of_an_executors_only_thread_makes_the_calls_that_it_waits_for) {
  std::thread::id outer;
  std::thread::id inner;
  run([&]() -> task<> {
    portal in;
    co_await to_thread("portal_first", [&] {
      outer = std::this_thread::get_id();
      inner = in.call(
          [] { return to_thread("portal_first", [] { return std::this_thread::get_id(); }); });
    });
  });
  EXPECT_EQ(inner, outer);
}

TEST_F(portal_call, on_a_named_loop_makes_the_calls_that_it_waits_for) {
  portal in(smartasync::named_loop("portal_test"));
  int value = 0;
  run(to_thread("portal_first", [&] {
    value = in.call([&]() -> task<int> {
      co_return co_await to_thread("portal_first", [&] {
        return in.call([] { return to_thread("portal_first", [] { return 5; }); });
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
        co_await to_thread("portal_gates", [&] { others_came.wait(); });
      });
    };
    const auto comes = [&]() -> task<> {
      co_await to_thread("portal_gates", [&] { waits.wait(); });
      co_await to_thread("portal_growing", [&] { others_came.count_down(); });
    };
    co_await smartasync::when_all(to_thread("portal_growing", std::ref(waits_for_others)), comes);
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
  std::function<void()> nothing = [] {};
  std::function<void()> needs_second = [&] {
    both.arrive_and_wait();
    in.call([&] { return stub<on_second>(nothing); });
  };
  std::function<void()> needs_first = [&] {
    both.arrive_and_wait();
    in.call([&] { return stub<on_first>(nothing); });
  };
  std::array<std::string, 2> said;
  std::thread other(
      [&] { said[1] = refusal([&] { run([&] { return stub<on_second>(needs_first); }); }); });
  said[0] = refusal([&] { run([&] { return stub<on_first>(needs_second); }); });
  other.join();
  EXPECT_NE(said[0].empty(), said[1].empty()) << said[0] << " | " << said[1];
  EXPECT_EQ(said[0] + said[1],
            said[1].empty()
                ? "Cannot call work::on_second(): the thread of the executor \"portal_second\" is "
                  "held by work::on_second(), which waits for the executor \"portal_first\", whose "
                  "thread the chain of calls holds, and each would wait for the other: "
                  "work::on_first() -> work::on_second()."
                : "Cannot call work::on_first(): the thread of the executor \"portal_first\" is "
                  "held by work::on_first(), which waits for the executor \"portal_second\", whose "
                  "thread the chain of calls holds, and each would wait for the other: "
                  "work::on_second() -> work::on_first().");
}

TEST_F(portal_call, is_not_ended_by_its_callers_deadline_and_so_part_of_a_circle) {
  portal in(smartasync::named_loop("portal_test"));
  std::latch both(2);
  std::function<void()> nothing = [] {};
  std::function<void()> needs_second = [&] {
    both.arrive_and_wait();
    run(smartasync::with_timeout(
        1h, to_thread("portal_gates", [&] { in.call([&] { return stub<on_second>(nothing); }); })));
  };
  std::function<void()> needs_first = [&] {
    both.arrive_and_wait();
    run([&] { return stub<on_first>(nothing); });
  };
  std::array<std::string, 2> said;
  std::thread other(
      [&] { said[1] = refusal([&] { run([&] { return stub<on_second>(needs_first); }); }); });
  said[0] = refusal([&] { run([&] { return stub<on_first>(needs_second); }); });
  other.join();
  EXPECT_NE(said[0].empty(), said[1].empty()) << said[0] << " | " << said[1];
}

/// A coroutine of another library, on a thread where no loop runs.
struct foreign_coroutine {
  struct promise_type {
    foreign_coroutine get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

TEST_F(portal_call, in_a_loop_of_the_executors_thread_leaves_the_calls_to_others) {
  // Made there, they would take themselves for coroutines of that loop.
  portal in(smartasync::named_loop("portal_test"));
  std::latch ended(1);
  bool is_async = true;
  [](portal& way_in, bool& out, std::latch& end) -> foreign_coroutine {
    auto call = to_thread("portal_growing", [&] {
      return run([&]() -> task<bool> {
        co_return way_in.call(
            [] { return to_thread("portal_growing", smartasync::in_async_context); });
      });
    });
    out = co_await std::move(call);
    end.count_down();
  }(in, is_async, ended);
  ended.wait();
  EXPECT_FALSE(is_async);
}

}  // namespace
