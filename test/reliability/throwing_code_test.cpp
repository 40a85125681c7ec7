// SPDX-License-Identifier: MIT
// Code of the user that throws, in every place where it can stand: the error comes to who called,
// or to the handler of unhandled exceptions where nobody waits, and the loop and the executor go
// on.
//
// Not here, because they end the program by the rules of the language: what a stop callback throws,
// what a destructor throws, and what handlers and detectors throw, whose contract forbids it.
#include "throwing_code.hpp"

#include <gtest/gtest.h>

#include <iterator>
#include <stop_token>
#include <string>
#include <vector>

#include "../unit/runtime/call_functions.hpp"

namespace {

using namespace reliability;

TEST_F(throwing_code, posted_is_reported_and_the_next_is_called) {
  smartasync::event_loop loop;
  int called = 0;
  loop.post([] { fail("posted"); });
  loop.post([&] { ++called; });
  loop.post([&] { loop.stop(); });
  loop.run();
  EXPECT_EQ(called, 1);
  EXPECT_EQ(unhandled, std::vector<std::string>{"posted"});
}

TEST_F(throwing_code, spawned_is_reported_and_the_rest_goes_on) {
  run([]() -> task<> {
    smartasync::spawn([]() -> task<int> { return fails("spawned"); });
    smartasync::spawn([]() -> task<> { fail("callable"); });
    smartasync::spawn([]() -> task<> { throw smartasync::cancelled_error(); });
    co_await after_yields(0, 4);
  });
  EXPECT_EQ(unhandled, (std::vector<std::string>{"callable", "spawned"}));
}

TEST_F(throwing_code, given_to_run_comes_out_of_run) {
  EXPECT_EQ(text_of_error([] { run(fails("task")); }), "task");
  EXPECT_EQ(text_of_error([] { run([]() -> task<> { fail("before any task"); }); }),
            "before any task");
  EXPECT_EQ(text_of_error([] { run([] { fail("plain"); }); }), "plain");
  std::stop_source source;
  EXPECT_EQ(text_of_error([&] { run(fails("stoppable"), {.stop = source.get_token()}); }),
            "stoppable");
}

TEST_F(throwing_code, as_an_operand_comes_out_of_the_combinator) {
  auto callable = []() -> task<int> { fail("callable"); };
  EXPECT_EQ(text_of_error([&] {
              run([&]() -> task<> {
                co_await smartasync::when_all(after_yields(1, 1), callable,
                                              smartasync::sleep_for(for_ever));
              });
            }),
            "callable");
  EXPECT_EQ(text_of_error([&] {
              run([&]() -> task<> {
                co_await smartasync::when_any(smartasync::sleep_for(for_ever), fails("first"));
              });
            }),
            "first");
  EXPECT_EQ(text_of_error([&] { run(smartasync::with_timeout(for_ever, callable)); }), "callable");
  auto makes_none = []() -> smartasync::operation<int, call_test::slow_add> { fail("makes none"); };
  EXPECT_EQ(text_of_error([&] {
              run([&]() -> task<> {
                co_await smartasync::with_timeout(for_ever, makes_none, smartasync::abandon);
              });
            }),
            "makes none");
}

TEST_F(throwing_code, after_the_deadline_gives_way_to_the_timeout) {
  auto late = []() -> task<> {
    try {
      co_await smartasync::sleep_for(for_ever);
    } catch (const smartasync::cancelled_error&) {
      fail("too late");
    }
  };
  EXPECT_THROW(run(smartasync::with_timeout(1ms, late())), smartasync::timeout_error);
}

TEST_F(throwing_code, in_a_group_cancels_the_rest_and_comes_out_of_the_join) {
  EXPECT_EQ(text_of_error([] {
              run(smartasync::with_task_group([](smartasync::task_group<>& group) -> task<> {
                group.spawn(smartasync::sleep_for(for_ever));
                group.spawn([]() -> task<int> { fail("member"); });
                co_await smartasync::sleep_for(for_ever);
              }));
            }),
            "member");
  EXPECT_EQ(text_of_error([] {
              run(smartasync::with_task_group([](smartasync::task_group<>& group) {
                group.spawn(smartasync::sleep_for(for_ever));
                fail("body");
              }));
            }),
            "body");
  EXPECT_EQ(text_of_error([] {
              run([]() -> task<> {
                smartasync::task_group<moves_badly> group;
                group.spawn([]() -> task<moves_badly> { co_return moves_badly(1); });
                co_await group.join();
              });
            }),
            "move");
}

TEST_F(throwing_code, in_a_range_comes_out_of_when_all) {
  struct throwing_iterator {
    using iterator_concept = std::input_iterator_tag;
    using value_type = task<int>;
    using difference_type = std::ptrdiff_t;
    int at = 0;
    task<int> operator*() const { return after_yields(at, 1); }
    throwing_iterator& operator++() {
      if (++at == 3) fail("iterator");
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return false; }
  };
  struct throwing_range {
    throwing_iterator begin() const { return {}; }
    std::default_sentinel_t end() const { return {}; }
  };
  EXPECT_EQ(text_of_error(
                [] { run([]() -> task<> { co_await smartasync::when_all(throwing_range()); }); }),
            "iterator");
}

}  // namespace
