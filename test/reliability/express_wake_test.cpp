// SPDX-License-Identifier: MIT
// How the one thread that takes all short calls of an executor falls asleep and is woken: the third
// part of wake_protocol_test.cpp. Another thread watches it and would repair within half a
// millisecond whatever the inbox lost, so that nothing here would hang: `./dev soak` blinds it
// first, and then takes the steps out.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <semaphore>
#include <thread>
#include <vector>

#include "errand.hpp"
#include "event.hpp"
#include "express.hpp"
#include "jitter.hpp"
#include "smartasync/detail/job_inbox.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace {

using namespace std::chrono_literals;
using reliability::beyond_any_look;
using reliability::beyond_the_look;
using reliability::errand;
using reliability::jitter;
using reliability::reach_express;
using reliability::rounds;
using reliability::row_length;
using reliability::threads_for_rows;
using smartasync::task;

/// A call that blocks ends the express, and every call has a thread again.
struct blocking_errand : errand {
  blocking_errand() noexcept {
    work = [](smartasync::detail::job* item) noexcept {
      jitter delay(static_cast<std::uint64_t>(static_cast<errand*>(item)->written),
                   beyond_the_look);
      delay.spend();  // Others come into the inbox.
      smartasync::run([]() -> task<> { co_return; });
      errand::go(item);
    };
  }
};

/// Two calls: one blocks until the other has been made.
struct meeting {
  struct errand_of_two : errand {
    meeting* both = nullptr;
  };
  explicit meeting(std::counting_semaphore<>& done) noexcept {
    first.both = second.both = this;
    first.done = second.done = &done;
    first.work = [](smartasync::detail::job* item) noexcept {
      auto* self = static_cast<errand_of_two*>(item);
      smartasync::run([](meeting& all) -> task<> { co_await all.made; }(*self->both));
      errand::go(item);
    };
    second.work = [](smartasync::detail::job* item) noexcept {
      static_cast<errand_of_two*>(item)->both->made.set();
      errand::go(item);
    };
  }
  reliability::event made;
  errand_of_two first;
  errand_of_two second;
};

/// Submits jobs and waits for them, again and again: a row of them at times, one to three mostly,
/// which meet the thread at work, on its way to sleep, or asleep.
class submitter {
 public:
  submitter(smartasync::thread_pool& pool, std::uint64_t seed, unsigned doublings)
      : pool_(pool), delay_(seed, doublings) {
    for (errand& each : errands_) each.done = &done_;
    blocks_.done = &done_;
  }

  void submit(int round, bool first_blocks) {
    const bool is_row = round % 8 == 0;
    const std::size_t count = is_row ? row_length : 1 + static_cast<std::size_t>(round) % 3;
    submitted_ = count;
    if (first_blocks) {
      submit(blocks_, round);
      ++submitted_;
    }
    for (std::size_t i = 0; i != count; ++i) {
      submit(errands_[i], round);
      if (!is_row) delay_.spend();
    }
  }

  /// True when all of the round have run and have seen what they were given.
  bool wait(int round) {
    for (std::size_t left = submitted_; left != 0; --left) done_.acquire();
    bool well = blocks_.seen == blocks_.written;
    for (std::size_t i = 0; i != row_length; ++i) well &= errands_[i].seen == errands_[i].written;
    delay_.spend();
    return well && errands_[0].seen == round;
  }

 private:
  void submit(errand& one, int round) {
    one.written = round;
    pool_.submit(one);
  }

  smartasync::thread_pool& pool_;
  jitter delay_;
  std::counting_semaphore<> done_{0};
  std::array<errand, row_length> errands_;
  blocking_errand blocks_;
  std::size_t submitted_ = 0;
};

/// One submitter to a thread; all wait for each round of their own. Some jobs block where that is
/// asked for. `doublings`: of the jitter between rounds.
void submit_all(smartasync::thread_pool& pool, int submitters, int each, bool some_block,
                unsigned doublings = beyond_the_look) {
  reach_express(pool);
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int s = 0; s != submitters; ++s) {
    threads.emplace_back([&, s] {
      submitter here(pool, static_cast<std::uint64_t>(s), doublings);
      for (int round = 1; round <= each; ++round) {
        here.submit(round, some_block && round % 32 == 0);
        if (!here.wait(round)) ++wrong;
      }
    });
  }
  for (std::thread& each_of : threads) each_of.join();
  EXPECT_EQ(wrong, 0);
}

/// Calls `f` again and again on another thread as long as this one works.
template <class F, class Work>
void beside(F f, Work work) {
  std::atomic<bool> over{false};
  std::thread other([&] {
    jitter delay(9);
    while (!over) {
      f();
      delay.spend();
    }
  });
  work();
  over = true;
  other.join();
}

TEST(the_express_of_an_executor, wakes_its_thread_for_every_job) {
  const reliability::watchdog guard("jobs that meet the express falling asleep");
  for (const int submitters : {1, 2, 4}) {
    smartasync::thread_pool pool("express", {.max_threads = threads_for_rows});
    submit_all(pool, submitters, rounds(2'000), false);
  }
}

TEST(the_express_of_an_executor, hands_over_every_job_when_it_ends) {
  const reliability::watchdog guard("jobs that meet the end of the express");
  for (const int submitters : {1, 3}) {
    smartasync::thread_pool pool("ends", {.max_threads = threads_for_rows});
    submit_all(pool, submitters, rounds(2'000), true);
  }
}

TEST(the_express_of_an_executor, gives_back_what_it_has_claimed_behind_a_call_that_blocks) {
  const reliability::watchdog guard("a call that blocks for one behind it in the express");
  smartasync::thread_pool pool("claims", {.max_threads = threads_for_rows});
  for (int i = 0; i != rounds(200); ++i) {
    reach_express(pool);
    std::counting_semaphore<> done(0);
    std::array<errand, row_length> before;
    meeting two(done);
    for (errand& each : before) {
      each.done = &done;
      pool.submit(each);
    }
    pool.submit(two.first);
    pool.submit(two.second);
    for (std::size_t left = before.size() + 2; left != 0; --left) done.acquire();
  }
}

TEST(the_express_of_an_executor, ends_with_the_thread_that_retires) {
  const reliability::watchdog guard("jobs that meet the express retiring");
  for (const auto stays : {0ms, 1ms}) {
    smartasync::thread_pool pool("retires",
                                 {.max_threads = threads_for_rows, .idle_timeout = stays});
    submit_all(pool, 2, rounds(100), false);
    submit_all(pool, 1, rounds(200), false, beyond_any_look);
  }
}

TEST(the_express_of_an_executor, gives_a_job_back_or_runs_it) {
  const reliability::watchdog guard("jobs taken out of the express");
  smartasync::thread_pool pool("gives back", {.max_threads = threads_for_rows});
  std::counting_semaphore<> ran(0);
  jitter delay(5);
  errand one;
  one.done = &ran;
  const auto submit_and_remove = [&] {
    pool.submit(one);
    delay.spend();
    if (!pool.remove(one)) ran.acquire();
  };
  beside(submit_and_remove, [&] { submit_all(pool, 2, rounds(1'000), false); });
  EXPECT_EQ(pool.queue_size(), 0U);
}

TEST(the_express_of_an_executor, does_not_sleep_while_others_look_into_its_inbox) {
  const reliability::watchdog guard("the inbox of the express emptied by others");
  smartasync::thread_pool pool("looked into", {.max_threads = threads_for_rows});
  errand never_submitted;
  std::size_t most = 0;
  const auto look = [&] {
    most = std::max(most, pool.queue_size());
    // What is searched in vain was in there with the others.
    EXPECT_FALSE(pool.remove(never_submitted));
  };
  beside(look, [&] { submit_all(pool, 1, rounds(3'000), false); });
  EXPECT_LE(most, row_length);
  EXPECT_EQ(pool.queue_size(), 0U);
}

TEST(the_express_of_an_executor, never_counts_more_jobs_than_wait_at_once) {
  const reliability::watchdog guard("jobs that are counted while they go through the express");
  smartasync::thread_pool pool("counts", {.max_threads = threads_for_rows});
  std::counting_semaphore<> done(0);
  errand one;
  one.done = &done;
  std::size_t most = 0;
  const auto look = [&] { most = std::max(most, pool.queue_size()); };
  // Each is there alone: it comes when the one before it was called.
  const auto submit_one_by_one = [&] {
    for (int i = 0; i != 300; ++i) {
      pool.submit(one);
      done.acquire();
    }
  };
  for (int round = 0; round != rounds(50); ++round) {
    reach_express(pool);
    beside(look, submit_one_by_one);
  }
  EXPECT_LE(most, 1U);
}

TEST(the_express_of_an_executor, counts_the_jobs_that_are_coming_in) {
  const reliability::watchdog guard("jobs that are counted while they come in");
  using smartasync::detail::job;
  for (int round = 0; round != 50; ++round) {
    smartasync::detail::job_inbox inbox;
    inbox.open();
    std::vector<job> jobs(200, job(nullptr));
    std::thread pusher([&] {
      for (job& each : jobs) static_cast<void>(inbox.push(each));
    });
    std::size_t seen = 0;
    while (seen != jobs.size()) {
      const std::size_t now = inbox.size();
      EXPECT_GE(now, seen);
      seen = now;
    }
    pusher.join();
  }
}

}  // namespace
