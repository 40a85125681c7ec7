// SPDX-License-Identifier: MIT
// Threads that wait in portal::call() when the portal closes: they go on before what they have
// submitted has ended. A test that hangs is killed by its alarm.
#include <atomic>
#include <latch>
#include <memory>
#include <thread>

#include "smartasync/named_loop.hpp"
#include "smartasync/portal.hpp"
#include "smartasync/sleep.hpp"
#include "wait_circle.hpp"

namespace {

using namespace wait_circle;
using smartasync::portal;

struct portal_call_end : circle {};

TEST_F(portal_call_end, ends_when_the_portal_is_closed_though_its_loop_does_not_run) {
  std::thread visitor;
  std::latch submitted(1);
  std::atomic<int> refused = 0;
  run([&]() -> task<> {
    auto in = std::make_shared<portal>();
    visitor = std::thread([&, in] {
      run(to_thread("circle_first", [&] {
        try {
          in->call([&]() -> task<> {
            submitted.count_down();
            co_await smartasync::sleep_for(24h);
          });
        } catch (const smartasync::loop_closed_error&) {
          ++refused;
        }
      }));
    });
    co_await to_thread("circle_gates", [&] { submitted.wait(); });
    in->close();
  });
  visitor.join();
  EXPECT_EQ(refused, 1);
  // The thread of the executor is there again.
  EXPECT_EQ(run(to_thread("circle_first", [] { return 5; })), 5);
}

TEST_F(portal_call_end, that_ended_early_leaves_what_it_submitted_on_its_own) {
  for (int round = 0; round != 50; ++round) {
    portal in(smartasync::named_loop("portal_test"));
    room r;
    std::latch inside(1);
    std::latch may_go_on(1);
    std::latch goes_on(1);
    std::latch ended(1);
    std::thread visitor([&] {
      const auto visits = [&] {
        in.call([&]() -> task<> {
          co_await to_thread("circle_gates", [&] {
            inside.count_down();
            may_go_on.wait();
            goes_on.count_down();
            // Whom does it work for? The visitor is gone.
            stub<block_in>(r);
          });
          ended.count_down();
        });
      };
      EXPECT_THROW(run(to_thread("circle_callers", visits)), smartasync::loop_closed_error);
    });
    inside.wait();
    in.close();
    visitor.join();
    r.blocks = [&] {
      if (!may_go_on.try_wait()) may_go_on.count_down();
      goes_on.wait();
    };
    stub<block_in>(r);
    ended.wait();
  }
}

TEST_F(portal_call_end, that_ends_early_is_looked_through_meanwhile) {
  room r;
  const auto come_often = [&] {
    for (int i = 0; i != 100; ++i) stub<block_in>(r);
  };
  for (int round = 0; round != 20; ++round) {
    portal in(smartasync::named_loop("portal_test"));
    std::latch inside(1);
    std::latch ended(1);
    std::thread visitor([&] {
      const auto visits = [&] {
        in.call([&]() -> task<> {
          co_await to_thread("circle_gates", [&] {
            inside.count_down();
            come_often();
          });
          ended.count_down();
        });
      };
      // The portal may close when all has been done.
      try {
        run(to_thread("circle_callers", visits));
      } catch (const smartasync::loop_closed_error&) {
      }
    });
    inside.wait();
    std::thread other(come_often);
    in.close();
    come_often();
    other.join();
    visitor.join();
    ended.wait();
  }
}

}  // namespace
