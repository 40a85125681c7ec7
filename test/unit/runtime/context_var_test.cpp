// SPDX-License-Identifier: MIT
#include "smartasync/context_var.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "smartasync/event_loop.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"
#include "smartasync/to_thread.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::context_var;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

TEST(context_var, has_its_initial_value_until_it_is_set) {
  context_var<std::string> var("initial");
  EXPECT_EQ(var.get(), "initial");
  var.set("set");
  EXPECT_EQ(var.get(), "set");
  EXPECT_EQ(context_var<int>().get(), 0);
}

TEST(context_var, belongs_to_the_plain_thread) {
  context_var<int> var(1);
  var.set(2);
  int other = 0;
  std::thread([&] {
    other = var.get();
    var.set(3);
  }).join();
  EXPECT_EQ(other, 1);
  EXPECT_EQ(var.get(), 2);
}

TEST(context_var, run_starts_from_the_thread_and_writes_back) {
  context_var<int> var(0);
  var.set(1);
  run([&]() -> task<> {
    EXPECT_EQ(var.get(), 1);
    co_await smartasync::yield();
    EXPECT_EQ(var.get(), 1);
    var.set(2);
  });
  EXPECT_EQ(var.get(), 2);
}

TEST(context_var, follows_a_call_into_the_pool_and_its_changes_follow_it_back) {
  context_var<std::string> var;
  var.set("caller");
  run([&]() -> task<> {
    auto call = to_thread([&] {
      EXPECT_EQ(var.get(), "caller");
      var.set("pool");
    });
    co_await std::move(call);
    EXPECT_EQ(var.get(), "pool");
  });
  EXPECT_EQ(var.get(), "pool");
}

TEST(context_var, flows_through_every_level_of_a_nested_chain_and_back) {
  context_var<int> var(0);
  run([&]() -> task<> {
    var.set(1);
    auto call = to_thread([&] {
      EXPECT_EQ(var.get(), 1);
      var.set(2);
      run([&]() -> task<> {
        EXPECT_EQ(var.get(), 2);
        var.set(3);
        auto inner = to_thread([&] {
          EXPECT_EQ(var.get(), 3);
          var.set(4);
        });
        co_await std::move(inner);
        EXPECT_EQ(var.get(), 4);
      });
      EXPECT_EQ(var.get(), 4);
      var.set(5);
    });
    co_await std::move(call);
    EXPECT_EQ(var.get(), 5);
  });
  EXPECT_EQ(var.get(), 5);
}

TEST(context_var, change_of_a_pool_thread_does_not_stay_on_it) {
  context_var<int> var(0);
  run([&]() -> task<> {
    bool set = false;
    smartasync::spawn([&]() -> task<> {
      auto call = to_thread("serial", [&] { var.set(9); });
      co_await std::move(call);
      EXPECT_EQ(var.get(), 9);
      set = true;
    });
    while (!set) co_await smartasync::sleep_for(100us);
    auto call = to_thread("serial", [&] { return var.get(); });
    EXPECT_EQ(co_await std::move(call), 0);
  });
}

TEST(context_var, spawned_work_starts_with_a_copy_and_changes_its_own) {
  context_var<int> var(0);
  var.set(1);
  int seen = 0;
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> {
      seen = var.get();
      var.set(50);
      co_await smartasync::yield();
      EXPECT_EQ(var.get(), 50);
    });
    var.set(2);
    co_await smartasync::sleep_for(0s);
    co_await smartasync::sleep_for(0s);
    EXPECT_EQ(var.get(), 2);
  });
  EXPECT_EQ(seen, 1);
  EXPECT_EQ(var.get(), 2);
}

TEST(context_var, coroutines_that_take_turns_keep_their_own_values) {
  context_var<int> var(0);
  int wrong = 0;
  int ended = 0;
  auto worker = [&](int id) -> task<> {
    var.set(id);
    for (int i = 0; i != 20; ++i) {
      if (i % 3 == 0) {
        co_await smartasync::sleep_for(50us);
      } else {
        co_await smartasync::yield();
      }
      if (var.get() != id) ++wrong;
    }
    ++ended;
  };
  run([&]() -> task<> {
    for (int id = 1; id != 6; ++id) smartasync::spawn(worker(id));
    co_await worker(6);
    while (ended != 6) co_await smartasync::sleep_for(100us);
  });
  EXPECT_EQ(wrong, 0);
}

TEST(context_var, posted_function_sees_nobody_elses_values) {
  context_var<int> var(0);
  run([&]() -> task<> {
    smartasync::spawn([&]() -> task<> {
      var.set(8);
      smartasync::current_loop()->post([&] { EXPECT_EQ(var.get(), 0); });
      co_await smartasync::yield();
    });
    co_await smartasync::sleep_for(1ms);
  });
}

TEST(context_var, many_keep_their_values_apart_and_free_them) {
  auto witness = std::make_shared<int>(0);
  std::thread([&] {
    context_var<std::shared_ptr<int>> first;
    context_var<int> second(2);
    context_var<int> third(3);
    for (int i = 0; i != 100; ++i) {
      first.set(witness);
      third.set(i);
      second.set(-i);
    }
    EXPECT_EQ(first.get(), witness);
    EXPECT_EQ(second.get(), -99);
    EXPECT_EQ(third.get(), 99);
    EXPECT_EQ(witness.use_count(), 2) << "the values that were set before are gone";
  }).join();
  EXPECT_EQ(witness.use_count(), 1);
}

}  // namespace
