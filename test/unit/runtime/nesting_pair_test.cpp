// SPDX-License-Identifier: MIT
// Every pair of chains that go through the lanes of two objects in opposite order, at the same
// time: where each has its first lane before either asks for the second, one of them is refused
// with an error that names its chain, and the other ends as it does alone; where they may pass each
// other, at most one is refused. None hangs. The pairs are generated: of sync and async links, from
// plain threads and from loops, on executors of one thread that both chains may need.
#include <gtest/gtest.h>

#include <barrier>
#include <cstddef>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "nesting_chain.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"

namespace {

using namespace nesting_chain;

/// One of the two.
struct side {
  row links;
  bool on_loop;
  // How it went.
  journey went = {};
  int value = 0;
  bool is_refused = false;  ///< For the sake of the other one.

  [[nodiscard]] std::string name() const {
    return name_of(links) + (on_loop ? "on a loop" : "on a thread");
  }
  [[nodiscard]] journey alone() const { return expected(links, on_loop); }

  void go(const std::function<void()>& in_first) {
    ride whole{links, in_first};
    try {
      value = take(whole, on_loop);
    } catch (const smartasync::blocking_call_error& error) {
      went.error = error.what();
    } catch (const smartasync::serial_reentry_error& error) {
      went.error = error.what();
      is_refused = true;
    } catch (const smartasync::executor_full_error& error) {
      went.error = error.what();
      is_refused = true;
    }
    went.threads = whole.threads;
  }
};

/// What the text begins with where a call gets no thread of an executor.
std::string waits_for_thread(const chain_link& refused) {
  return "Cannot call " + refused.function() + ": the thread of the executor \"" +
         executor_of(refused.kind) + "\" is held by ";
}

/// True where the text ends with a part of the chain: with one call alone where that holds a lane
/// and waits for a thread.
bool names_chain(const std::string& text, const row& links) {
  for (std::size_t last = 0; last != links.size(); ++last) {
    for (std::size_t first = 0; first <= last; ++first) {
      if (first == last && !text.starts_with(waits_for_thread(links[last]))) continue;
      if (text.ends_with(", and each would wait for the other: " + calls_of(links, first, last) +
                         ".")) {
        return true;
      }
    }
  }
  return false;
}

void check_side(const side& one, const std::string& pair) {
  if (one.is_refused) {
    EXPECT_TRUE(names_chain(one.went.error, one.links)) << pair << ": " << one.went.error;
    EXPECT_TRUE(one.alone().threads.starts_with(one.went.threads)) << pair;
  } else {
    EXPECT_EQ(one.went, one.alone()) << pair;
    if (one.went.error.empty()) {
      EXPECT_EQ(static_cast<std::size_t>(one.value), one.links.size()) << pair;
    }
  }
}

/// Two threads with loops of their own, on which the sides go.
class arena {
 public:
  arena() : thread_([this] { serve(); }) {}
  ~arena() {
    both_ = nullptr;
    turn_.arrive_and_wait();
    thread_.join();
  }
  arena(const arena&) = delete;
  arena& operator=(const arena&) = delete;

  void check(side first, side second) {
    on_its_way = first.name() + " and " + second.name();
    const char first_thread = first.alone().threads.front();
    const bool share_thread = first_thread != 'm' && first_thread == second.alone().threads.front();
    std::latch both_inside(2);
    meet_ = [&] {
      if (!share_thread) both_inside.arrive_and_wait();
    };
    std::pair<side&, side&> both(first, second);
    both_ = &both;
    turn_.arrive_and_wait();
    first.go(meet_);
    turn_.arrive_and_wait();
    check_side(first, on_its_way);
    check_side(second, on_its_way);
    const int refused = first.is_refused + second.is_refused;
    const bool must_meet =
        !share_thread && first.alone().error.empty() && second.alone().error.empty();
    EXPECT_LE(refused, 1) << on_its_way;
    EXPECT_TRUE(refused == 1 || !must_meet) << on_its_way;
  }

 private:
  void serve() {
    for (;;) {
      turn_.arrive_and_wait();
      if (both_ == nullptr) return;
      both_->second.go(meet_);
      turn_.arrive_and_wait();
    }
  }

  std::barrier<> turn_{2};
  std::function<void()> meet_;
  std::pair<side&, side&>* both_ = nullptr;
  std::thread thread_;
};

/// Every chain of these lanes.
std::vector<row> chains_through(std::string_view lanes) {
  std::vector<row> all{row{}};
  for (const char lane : lanes) {
    std::vector<row> longer;
    for (const row& each : all) {
      for (const char kind : kinds) {
        longer.push_back(each);
        longer.back().push_back({kind, lane});
      }
    }
    all = std::move(longer);
  }
  return all;
}

void check_pairs(std::string_view lanes, std::string_view opposite) {
  smartasync::configure_executor("nesting", {.max_threads = 1, .reserve_threads = 0});
  keep_reports_quiet();
  const hang_alarm watch;
  arena both;
  for (const row& first : chains_through(lanes)) {
    for (const row& second : chains_through(opposite)) {
      for (const bool first_on_loop : {false, true}) {
        for (const bool second_on_loop : {false, true}) {
          both.check({first, first_on_loop}, {second, second_on_loop});
        }
      }
    }
  }
}

TEST(nesting, of_two_chains_that_take_two_lanes_in_opposite_order_ends_for_both) {
  check_pairs("12", "21");
}

TEST(nesting, of_two_chains_with_a_call_between_their_lanes_ends_for_both) {
  check_pairs("1-2", "2-1");
}

}  // namespace
