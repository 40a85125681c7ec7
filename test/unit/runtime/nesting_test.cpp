// SPDX-License-Identifier: MIT
// Every chain of sync and async functions up to a depth of four, from a plain thread and from a
// loop, on pool, serial and inline, with a pool of one thread, each link in no serial lane or in
// that of one of two objects: each ends with the right value, on the right threads, or with the
// error that names who was called and, for a lane that is entered again, the chain. The rows are
// generated; what each must do is worked out from the table of nesting alone.
#include <gtest/gtest.h>

#include <cstddef>

#include "nesting_chain.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"

namespace {

using namespace nesting_chain;

void check_row(const row& links, bool on_loop) {
  on_its_way = name_of(links) + (on_loop ? "on a loop" : "on a thread");
  ride whole{links};
  journey went;
  try {
    EXPECT_EQ(static_cast<std::size_t>(take(whole, on_loop)), links.size()) << on_its_way;
  } catch (const smartasync::blocking_call_error& error) {
    went.error = error.what();
  } catch (const smartasync::serial_reentry_error& error) {
    went.error = error.what();
  }
  went.threads = whole.threads;
  EXPECT_EQ(went, expected(links, on_loop)) << on_its_way;
}

/// Checks every chain that begins with these links and has up to `depth`; gives their number.
int check_rows(std::size_t depth, bool on_loop, row links = {}) {
  int rows = 0;
  if (!links.empty()) {
    check_row(links, on_loop);
    ++rows;
  }
  if (links.size() == depth) return rows;
  for (const char kind : kinds) {
    for (const char lane : {'-', '1', '2'}) {
      links.push_back({kind, lane});
      rows += check_rows(depth, on_loop, links);
      links.pop_back();
    }
  }
  return rows;
}

constexpr int all_rows = 12 + 12 * 12 + 12 * 12 * 12 + 12 * 12 * 12 * 12;

class nesting : public testing::Test {
 protected:
  nesting() {
    smartasync::configure_executor("nesting", {.max_threads = 1, .reserve_threads = 0});
    keep_reports_quiet();
  }

 private:
  hang_alarm watch_;
};

TEST_F(nesting, of_every_chain_from_a_plain_thread_ends_as_the_table_says) {
  EXPECT_EQ(check_rows(4, false), all_rows);
}

TEST_F(nesting, of_every_chain_from_a_loop_ends_as_the_table_says) {
  EXPECT_EQ(check_rows(4, true), all_rows);
}

}  // namespace
