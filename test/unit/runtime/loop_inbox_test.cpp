// SPDX-License-Identifier: MIT
// What comes to a loop from elsewhere runs in its order, be it posted one by one or in rows.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

#include "smartasync/event_loop.hpp"
#include "smartasync/run.hpp"
#include "smartasync/sleep.hpp"

namespace {

using namespace std::chrono_literals;
using smartasync::event_loop;
using smartasync::task;
using smartasync::detail::work_item;

struct numbered : work_item {
  numbered() noexcept
      : work_item([](work_item* item) noexcept {
          auto* self = static_cast<numbered*>(item);
          self->seen->push_back(self->number);
          if (self->ends != nullptr) *self->ends = true;
        }) {}
  int number = 0;
  std::vector<int>* seen = nullptr;
  bool* ends = nullptr;
};

/// Posts as a thread does on which the loop does not run: a digit is a row of as many items.
class poster {
 public:
  explicit poster(event_loop& loop) : loop_(&loop) {}

  void post(const std::string& rows) {
    for (const char digit : rows) {
      const auto begin = items_.begin() + posted_;
      const auto last = begin + (digit - '1');
      for (auto each = begin; each <= last; ++each) {
        each->number = posted_++;
        each->seen = &seen_;
        each->next = each != last ? &*(each + 1) : nullptr;
      }
      EXPECT_TRUE(digit == '1' ? loop_->post_remote(*begin) : loop_->post_row(*begin, *last));
    }
  }

  /// When the item of that number has run, this is true.
  void set_end(std::size_t number, bool& ends) { items_[number].ends = &ends; }

  /// The numbers of those that have run; they were given from zero on.
  std::vector<int>& seen() { return seen_; }
  /// The numbers of those that were posted.
  [[nodiscard]] std::vector<int> posted() const {
    std::vector<int> numbers(static_cast<std::size_t>(posted_));
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
  }

 private:
  event_loop* loop_;
  std::array<numbered, 20> items_;
  int posted_ = 0;
  std::vector<int> seen_;
};

TEST(loop_inbox, has_rows_and_single_items_run_in_the_order_in_which_they_came) {
  for (const char* rows : {"3", "33", "31", "13", "131", "313", "1111", "11313", "23132"}) {
    SCOPED_TRACE(rows);
    event_loop loop;
    poster from_outside(loop);
    from_outside.post(rows);
    loop.stop();
    loop.run();
    EXPECT_EQ(from_outside.seen(), from_outside.posted());
  }
}

TEST(loop_inbox, has_a_row_run_after_what_is_ready) {
  for (const char* rows : {"3", "13", "31"}) {
    SCOPED_TRACE(rows);
    event_loop loop;
    poster from_outside(loop);
    numbered ready;
    ready.number = -1;
    ready.seen = &from_outside.seen();
    bool done = false;
    loop.post([&] {
      loop.post_here(ready);
      from_outside.post(rows);
      from_outside.set_end(from_outside.posted().size() - 1, done);
    });
    loop.run_until(done);
    std::vector<int> expected = from_outside.posted();
    expected.insert(expected.begin(), ready.number);
    EXPECT_EQ(from_outside.seen(), expected);
  }
}

TEST(loop_inbox, refuses_a_row_once_the_loop_has_ended) {
  event_loop loop;
  loop.close();
  std::array<numbered, 2> two;
  two[0].next = &two[1];
  EXPECT_FALSE(loop.post_row(two[0], two[1]));
}

TEST(loop_inbox, has_a_run_go_on_with_the_rest_of_a_row) {
  event_loop loop;
  poster from_outside(loop);
  bool done = false;
  from_outside.set_end(1, done);
  from_outside.post("4");
  loop.run_until(done);
  EXPECT_EQ(from_outside.seen(), (std::vector<int>{0, 1}));
  from_outside.post("1");
  loop.stop();
  loop.run();
  EXPECT_EQ(from_outside.seen(), from_outside.posted());
}

/// A row of two that posts itself again for each time that it has run.
struct flood {
  explicit flood(event_loop& l) : loop(&l) {}

  struct drop : work_item {
    explicit drop(flood& f) noexcept
        : work_item([](work_item* item) noexcept { static_cast<drop*>(item)->of->fall(); }),
          of(&f) {}
    flood* of;
  };

  void post() {
    first.next = &last;
    EXPECT_TRUE(loop->post_row(first, last));
  }
  void fall() {
    if (++fallen % 2 == 0 && !stop) post();
  }

  event_loop* loop;
  drop first{*this};
  drop last{*this};
  int fallen = 0;
  bool stop = false;
};

TEST(loop_inbox, lets_timers_fire_and_ready_work_run_in_a_flood_of_rows) {
  smartasync::run([]() -> task<> {
    flood rows(*smartasync::current_loop());
    rows.post();
    co_await smartasync::sleep_for(5ms);
    EXPECT_GT(rows.fallen, 2);
    for (int i = 0; i != 10; ++i) co_await smartasync::yield();
    rows.stop = true;
    co_await smartasync::sleep_for(1ms);
  });
}

}  // namespace
