// SPDX-License-Identifier: MIT
// A loop that is destroyed: beside the last step of who posted to it, and with work that is left.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>

#include "smartasync/errors.hpp"
#include "smartasync/event_loop.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/spawn.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::event_loop;
using smartasync::task;

TEST(event_loop, may_be_destroyed_as_soon_as_the_last_post_has_run) {
  // The poster may still be inside of post() then; with the sanitizers this is a use after free if
  // it touches the loop.
  for (int i = 0; i != 500; ++i) {
    auto loop = std::make_unique<event_loop>();
    std::thread poster([&, target = loop.get()] { target->stop(); });
    loop->run();
    loop.reset();
    poster.join();
  }
}

TEST(event_loop, collects_late_wakes_before_its_descriptors_are_closed) {
  for (int i = 0; i != 300; ++i) {
    auto loop = std::make_unique<event_loop>(smartasync::make_epoll_wait());
    std::thread first([&, target = loop.get()] { target->post([] {}); });
    std::thread second([&, target = loop.get()] { target->stop(); });
    loop->run();
    first.join();
    loop.reset();
    second.join();
  }
}

TEST(event_loop, destroys_functions_that_never_ran) {
  auto witness = std::make_shared<int>(0);
  {
    event_loop loop;
    // The first is run by the destructor, and what it posts is destroyed.
    loop.post([&loop, witness] { loop.post([witness] { ++*witness; }); });
  }
  EXPECT_EQ(witness.use_count(), 1);
}

TEST(event_loop, destroyed_with_work_spawned_on_it_cancels_it_and_waits) {
  bool unwound = false;
  {
    event_loop loop;
    smartasync::spawn(loop, [&]() -> task<> {
      try {
        co_await smartasync::sleep_for(1h);
      } catch (const smartasync::cancelled_error&) {
        unwound = true;
        throw;
      }
    });
  }
  EXPECT_TRUE(unwound);
}

}  // namespace
