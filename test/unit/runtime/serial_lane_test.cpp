// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <atomic>
#include <coroutine>
#include <exception>
#include <latch>
#include <thread>
#include <vector>

#include "call_functions.hpp"
#include "smartasync/detail/child.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/to_thread.hpp"
#include "smartasync/when_all.hpp"

namespace {

using namespace call_test;
using smartasync::run;
using smartasync::task;

/// Counts how many calls are inside at one time.
struct gauge {
  std::atomic<int> inside{0};
  std::atomic<int> most{0};
  std::atomic<int> calls{0};

  void enter() {
    const int now = ++inside;
    int seen = most.load();
    while (seen < now && !most.compare_exchange_weak(seen, now)) {
    }
    ++calls;
  }
  void leave() { --inside; }
};

struct visit : async_function<void> {
  static constexpr smartasync::site site{.function = "call_test::visit", .serial = true};
  using object = gauge;
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static task<void> invoke(gauge& self) {
    self.enter();
    co_await smartasync::sleep_for(1ms);
    self.leave();
  }
};

struct blocking_visit : sync_function<void> {
  static constexpr smartasync::site site{.function = "call_test::blocking_visit", .serial = true};
  using object = gauge;
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static void invoke(gauge& self) {
    self.enter();
    std::this_thread::yield();
    self.leave();
  }
};

struct visit_twice : async_function<void> {
  static constexpr smartasync::site site{.function = "call_test::visit_twice", .serial = true};
  using object = gauge;
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static task<void> invoke(gauge& self) { co_await stub<visit>(self); }
};

struct blocking_visit_twice : sync_function<void> {
  static constexpr smartasync::site site{.function = "call_test::blocking_visit_twice",
                                         .serial = true};
  using object = gauge;
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static void invoke(gauge& self) { stub<visit>(self); }
};

task<void> visit_and_count(gauge& g, int& left) {
  co_await stub<visit>(g);
  co_await stub<blocking_visit>(g);
  --left;
}

task<void> many_visits(gauge& g) {
  int left = 20;
  for (int i = 0; i < 20; ++i) smartasync::spawn(visit_and_count(g, left));
  while (left > 0) co_await smartasync::sleep_for(1ms);
}

TEST(serial_lane, lets_one_call_of_an_object_in_at_a_time) {
  gauge g;
  run(many_visits(g));
  EXPECT_EQ(g.calls, 40);
  EXPECT_EQ(g.most, 1);
}

TEST(serial_lane, holds_between_plain_threads_too) {
  gauge g;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n) {
        stub<blocking_visit>(g);
        stub<visit>(g);
      }
    });
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(g.calls, 8 * 40);
  EXPECT_EQ(g.most, 1);
}

task<void> two_at_once(gauge& a, gauge& b, int& most) {
  int left = 2;
  smartasync::spawn(visit_and_count(a, left));
  smartasync::spawn(visit_and_count(b, left));
  while (left > 0) {
    most = std::max(most, a.inside + b.inside);
    co_await smartasync::yield();
  }
}

TEST(serial_lane, of_another_object_is_another_lane) {
  gauge a;
  gauge b;
  int most = 0;
  run(two_at_once(a, b, most));
  EXPECT_EQ(most, 2);
}

TEST(serial_lane, entered_again_by_its_own_chain_is_an_error_and_no_hang) {
  gauge g;
  EXPECT_THROW(stub<visit_twice>(g), smartasync::serial_reentry_error);
  EXPECT_THROW(stub<blocking_visit_twice>(g), smartasync::serial_reentry_error);
  EXPECT_THROW(run([&] { return stub<visit_twice>(g); }), smartasync::serial_reentry_error);
  EXPECT_THROW(run([&] { return stub<blocking_visit_twice>(g); }),
               smartasync::serial_reentry_error);
  try {
    stub<visit_twice>(g);
  } catch (const smartasync::serial_reentry_error& error) {
    EXPECT_NE(std::string(error.what()).find("call_test::visit_twice() -> call_test::visit()"),
              std::string::npos);
  }
  stub<visit>(g);
  EXPECT_EQ(g.most, 1) << "the lane is free again after the errors";
}

/// Neither is serial: they are between the two that are.
struct relay : async_function<void> {
  static constexpr smartasync::site site{.function = "call_test::relay"};
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static task<void> invoke(gauge& g) {
    co_await smartasync::sleep_for(1ms);
    co_await stub<visit>(g);
  }
};

struct blocking_relay : sync_function<void> {
  static constexpr smartasync::site site{.function = "call_test::blocking_relay"};
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static void invoke(gauge& g) { blocking<relay>(g); }
};

struct visit_through_others : async_function<void> {
  static constexpr smartasync::site site{.function = "call_test::visit_through_others",
                                         .serial = true};
  using object = gauge;
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static task<void> invoke(gauge& self) { co_await stub<blocking_relay>(self); }
};

struct outermost : async_function<void> {
  static constexpr smartasync::site site{.function = "call_test::outermost"};
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static task<void> invoke(gauge& g) { co_await stub<visit_through_others>(g); }
};

TEST(serial_lane, entered_again_through_others_names_the_whole_chain_and_no_more) {
  gauge g;
  const std::string expected =
      "Cannot call call_test::visit(): the chain of calls that it belongs to is already inside the "
      "same serial lane, and would wait for itself: call_test::visit_through_others() -> "
      "call_test::blocking_relay() -> call_test::relay() -> call_test::visit().";
  for (const bool from_a_loop : {false, true}) {
    try {
      if (from_a_loop) {
        run([&] { return stub<outermost>(g); });
      } else {
        stub<outermost>(g);
      }
      ADD_FAILURE() << "nothing is thrown";
    } catch (const smartasync::serial_reentry_error& error) {
      EXPECT_EQ(error.what(), expected);
    }
  }
}

/// An object that calls another once both are inside their own lanes.
struct partner {
  partner* other = nullptr;
  int* inside = nullptr;
};

struct answer_partner : async_function<void> {
  static constexpr smartasync::site site{.function = "call_test::answer_partner", .serial = true};
  using object = partner;
  using arguments = smartasync::keep<smartasync::borrowed<partner&>>;
  static task<void> invoke(partner& /*self*/) { co_return; }
};

struct call_partner : async_function<void> {
  static constexpr smartasync::site site{.function = "call_test::call_partner", .serial = true};
  using object = partner;
  using arguments = smartasync::keep<smartasync::borrowed<partner&>>;
  static task<void> invoke(partner& self) {
    ++*self.inside;
    while (*self.inside < 3) co_await smartasync::yield();
    co_await stub<answer_partner>(*self.other);
  }
};

task<int> call_and_count_refusal(partner& p, std::string& said) {
  try {
    co_await stub<call_partner>(p);
    co_return 0;
  } catch (const smartasync::serial_reentry_error& error) {
    said = error.what();
    co_return 1;
  }
}

TEST(serial_lane, circle_of_chains_that_wait_for_each_others_lanes_is_an_error_for_the_last) {
  int inside = 0;
  partner all[3];
  for (int i = 0; i != 3; ++i) all[i] = {&all[(i + 1) % 3], &inside};
  std::string said;
  const auto [a, b, c] = run(smartasync::when_all(call_and_count_refusal(all[0], said),
                                                  call_and_count_refusal(all[1], said),
                                                  call_and_count_refusal(all[2], said)));
  EXPECT_EQ(a + b + c, 1);
  EXPECT_NE(said.find("each would wait for the other"), std::string::npos) << said;
  EXPECT_NE(said.find("call_test::call_partner() -> call_test::answer_partner()."),
            std::string::npos)
      << said;
}

TEST(serial_lane, held_by_what_was_left_on_the_threads_own_loop_is_waited_for_by_running_it) {
  gauge g;
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> { co_await stub<visit>(g); });
    while (g.inside == 0) co_await smartasync::yield();
  });
  EXPECT_EQ(g.inside, 1);
  blocking<blocking_visit>(g);
  EXPECT_EQ(g.calls, 2);
  EXPECT_EQ(g.most, 1);
}

task<std::string> block_while_held(gauge& g) {
  int left = 1;
  smartasync::spawn(visit_and_count(g, left));
  while (g.inside == 0) co_await smartasync::yield();
  std::string said = "nothing thrown";
  try {
    blocking<blocking_visit>(g);
  } catch (const smartasync::blocking_call_error& error) {
    said = error.what();
  }
  while (left > 0) co_await smartasync::sleep_for(1ms);
  co_return said;
}

/// A coroutine that no loop runs.
struct foreign_coroutine {
  struct promise_type {
    foreign_coroutine get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

struct pass_through : async_function<void> {
  static constexpr smartasync::site site{.function = "call_test::pass_through", .serial = true};
  using object = gauge;
  using arguments = smartasync::keep<smartasync::borrowed<gauge&>>;
  static task<void> invoke(gauge& self) {
    self.enter();
    self.leave();
    co_return;
  }
};

foreign_coroutine pass_on_no_loop(gauge& g, std::latch& ended) {
  auto call = pending<pass_through>(g);
  co_await std::move(call);
  ended.count_down();
}

struct hold_until : sync_function<void> {
  static constexpr smartasync::site site{.function = "call_test::hold_until", .serial = true};
  using object = gauge;
  using arguments =
      smartasync::keep<smartasync::borrowed<gauge&>, smartasync::borrowed<std::latch&>>;
  static void invoke(gauge& self, std::latch& end) {
    self.enter();
    self.calls.notify_all();
    end.wait();
    self.leave();
  }
};

TEST(serial_lane, is_handed_over_to_coroutines_that_no_loop_runs) {
  gauge g;
  std::latch end(1);
  std::latch ended(2);
  std::thread holder([&] { blocking<hold_until>(g, end); });
  g.calls.wait(0);
  pass_on_no_loop(g, ended);
  pass_on_no_loop(g, ended);
  EXPECT_EQ(g.calls, 1);
  end.count_down();
  holder.join();
  ended.wait();
  EXPECT_EQ(g.calls, 3);
  EXPECT_EQ(g.most, 1);
}

TEST(serial_lane, never_blocks_the_thread_of_a_running_loop) {
  gauge g;
  EXPECT_EQ(run(block_while_held(g)),
            "Cannot call call_test::blocking_visit() synchronously from within an async context. "
            "Use 'co_await' instead.");
}

}  // namespace
