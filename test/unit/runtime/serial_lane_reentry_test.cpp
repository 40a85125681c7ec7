// SPDX-License-Identifier: MIT
// A chain of calls that comes back to a serial lane that it is inside, by itself or around a circle
// of chains: the call gets an error that names the chain.
#include <gtest/gtest.h>

#include <string>

#include "lane_gauge.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/run.hpp"
#include "smartasync/when_all.hpp"

namespace {

using namespace call_test;
using smartasync::run;
using smartasync::task;

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

}  // namespace
