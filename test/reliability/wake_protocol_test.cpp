// SPDX-License-Identifier: MIT
// The two pieces of the runtime where a step is left out only at the cost of a thread that sleeps
// for ever: the inbox of a loop with its mark, and the way an executor's threads go to sleep and
// are woken. Both sides fall asleep here as often as they can, at ever different times, and what is
// handed over is plain memory, so that ThreadSanitizer sees an order that is missing where the
// processor would forgive it.
//
// The threads of an executor are in pool_wake_test.cpp, its express in express_wake_test.cpp
// and express_loop_wake_test.cpp.
// `./dev soak` takes steps out, one by one, and expects this program to fail.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <semaphore>
#include <thread>
#include <vector>

#include "jitter.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace {

using reliability::jitter;
using reliability::rounds;
using smartasync::task;
using smartasync::detail::work_item;

/// An item of a loop that hands a number over in plain memory.
struct letter : work_item {
  letter() noexcept : work_item(&letter::open) {}

  static void open(work_item* item) noexcept {
    auto* self = static_cast<letter*>(item);
    self->seen = self->written;
    self->opened->release();
  }

  int written = 0;
  int seen = 0;
  std::counting_semaphore<>* opened = nullptr;
};

/// Several threads post two letters to one loop, one after the other or in a row, and wait for them
/// to be opened, again and again.
void exchange_letters(smartasync::event_loop& loop, int posters, int each) {
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int p = 0; p != posters; ++p) {
    threads.emplace_back([&, p] {
      std::counting_semaphore<> opened(0);
      jitter delay(static_cast<std::uint64_t>(p));
      // The second meets the loop at work on the first, or on its way back to sleep.
      std::array<letter, 2> notes;
      // One after the other, so that the first post meets the loop asleep, with nothing else
      // between the two threads; that of the third one is a row.
      std::this_thread::sleep_for(std::chrono::milliseconds(2) * (posters - p));
      for (int i = 1; i <= each; ++i) {
        for (letter& note : notes) {
          note.opened = &opened;
          note.written = i;
        }
        if ((i + p) % 3 == 0) {
          notes[0].next = &notes[1];
          loop.post_row(notes[0], notes[1]);
        } else {
          for (letter& note : notes) {
            loop.post(note);
            delay.spend();
          }
        }
        for (std::size_t left = notes.size(); left != 0; --left) opened.acquire();
        if (notes[0].seen != i || notes[1].seen != i) ++wrong;
      }
    });
  }
  std::thread closes([&] {
    for (std::thread& each_of : threads) each_of.join();
    loop.stop();
  });
  loop.run();
  closes.join();
  EXPECT_EQ(wrong, 0);
}

TEST(the_inbox_of_a_loop, wakes_it_for_every_item_while_it_sleeps_on_a_futex) {
  const reliability::watchdog guard("letters to a loop on a futex");
  for (const int posters : {1, 2, 4}) {
    smartasync::event_loop loop;
    exchange_letters(loop, posters, rounds(2'000));
  }
}

TEST(the_inbox_of_a_loop, wakes_it_for_every_item_while_it_waits_for_descriptors) {
  const reliability::watchdog guard("letters to a loop in epoll");
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  for (const int posters : {1, 3}) {
    smartasync::event_loop loop;
    smartasync::spawn(loop, [&]() -> task<> { co_await smartasync::readable(ends[0]); });
    exchange_letters(loop, posters, rounds(2'000));
  }
  for (const int each : ends) ::close(each);
}

TEST(the_inbox_of_a_loop, keeps_the_order_of_each_poster_and_loses_nothing) {
  const reliability::watchdog guard("the order of posters");
  constexpr int posters = 3;
  const int each = rounds(3'000);
  smartasync::event_loop loop;
  std::array<int, posters> last{};
  int out_of_order = 0;
  std::atomic<int> open{posters};
  std::vector<std::thread> threads;
  for (std::size_t p = 0; p != posters; ++p) {
    threads.emplace_back([&, p] {
      jitter delay(p);
      for (int i = 1; i <= each; ++i) {
        loop.post([&, p, i] {
          if (last[p] + 1 != i) ++out_of_order;
          last[p] = i;
        });
        if (i % 8 == 0) delay.spend();
      }
      if (--open == 0) loop.stop();
    });
  }
  loop.run();
  for (std::thread& one : threads) one.join();
  EXPECT_EQ(out_of_order, 0);
  EXPECT_EQ(last, (std::array<int, posters>{each, each, each}));
}

TEST(the_inbox_of_a_loop, may_be_gone_as_soon_as_the_last_item_has_run) {
  const reliability::watchdog guard("loops that end under their posters");
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  std::atomic<smartasync::event_loop*> current{nullptr};
  std::counting_semaphore<> made(0);
  std::atomic<bool> done{false};
  // Stops each loop, whose thread destroys it while the call of stop() may not have returned.
  std::thread stops([&] {
    jitter delay(1);
    for (;;) {
      made.acquire();
      if (done) return;
      delay.spend();
      current.load()->stop();
    }
  });
  for (int i = 0; i != rounds(2'000); ++i) {
    const auto loop = std::make_unique<smartasync::event_loop>();
    const bool watches = i % 2 == 0;
    if (watches) {
      smartasync::spawn(*loop, [&]() -> task<> { co_await smartasync::readable(ends[0]); });
    }
    current = loop.get();
    made.release();
    loop->run();
  }
  done = true;
  made.release();
  stops.join();
  for (const int each : ends) ::close(each);
}

}  // namespace
