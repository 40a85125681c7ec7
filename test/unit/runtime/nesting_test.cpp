// SPDX-License-Identifier: MIT
// Every chain of sync and async functions up to a depth of four, from a plain thread and from a
// loop, on pool, serial and inline, with a pool of one thread: each ends with the right value, on
// the right threads, or with an error that names who was called. The rows are generated; what each
// must do is worked out from the table of nesting alone.
#include <gtest/gtest.h>
#include <pthread.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <string>
#include <thread>
#include <utility>

#include "smartasync/entry.hpp"
#include "smartasync/errors.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/run.hpp"

namespace {

using smartasync::call_kind;
using smartasync::task;

// The links of a chain: async, or sync on the pool, on the serial executor, on the loop's thread.
constexpr char links[] = {'a', 'p', 's', 'i'};

constexpr const char* executor_of(char link) {
  return link == 'p' ? "nesting" : link == 's' ? "serial" : "inline";
}

std::string trace;  // the thread of each call; one thread at a time is in the chain
std::thread::id main_thread;

void note_thread() {
  if (std::this_thread::get_id() == main_thread) {
    trace += 'm';
    return;
  }
  char name[16] = {};
  pthread_getname_np(pthread_self(), name, sizeof name);
  trace += std::strcmp(name, "sa:nesting") == 0  ? 'p'
           : std::strcmp(name, "sa:serial") == 0 ? 's'
                                                 : '?';
}

void note_loop() {
  EXPECT_TRUE(smartasync::in_async_context());
  note_thread();
}

template <char... Links>
struct chain;

template <>
struct chain<> {};

/// The function object of one link, as smartasync-gen writes it: it calls the next one's stub.
template <char First, char... Rest>
struct chain<First, Rest...> {
  static constexpr std::array<char, sizeof...(Rest) + 2> name{First, Rest..., '\0'};
  static constexpr smartasync::site site{.function = name.data(), .executor = executor_of(First)};
  static constexpr call_kind kind = First == 'a' ? call_kind::async : call_kind::sync;
  using result = int;
  using arguments = smartasync::keep<>;
  static constexpr bool is_last = sizeof...(Rest) == 0;

  static auto invoke() {
    if constexpr (kind == call_kind::async) {
      return awaiting();
    } else {
      return blocking();
    }
  }

 private:
  static task<int> awaiting() {
    note_loop();
    if constexpr (is_last) {
      co_return 1;
    } else {
      co_return 1 + co_await smartasync::dispatch<chain<Rest...>>();
    }
  }
  static int blocking() {
    note_thread();
    if constexpr (is_last) {
      return 1;
    } else {
      const int rest = smartasync::dispatch<chain<Rest...>>();
      return 1 + rest;
    }
  }
};

/// What the table of nesting says of a chain: the thread of each link, then '!' where a call is
/// refused.
std::string expected(const std::string& whole, bool on_loop) {
  enum { plain, loop, worker, blocked_loop } where = on_loop ? loop : plain;
  char thread = 'm';
  std::string threads;
  for (const char link : whole) {
    if (where == blocked_loop) return threads + '!';
    if (link == 'a') {
      where = loop;  // this thread's own, or the home loop
      thread = 'm';
    } else if (where == loop) {
      where = link == 'i' ? blocked_loop : worker;
      thread = link == 'i' ? 'm' : link;
    }
    threads += thread;
  }
  return threads;
}

const char* current_row = "";

[[noreturn]] void give_up(int) {
  // A row that hangs is named.
  constexpr const char* text = "this chain hangs: ";
  static_cast<void>(!write(STDERR_FILENO, text, std::strlen(text)));
  static_cast<void>(!write(STDERR_FILENO, current_row, std::strlen(current_row)));
  static_cast<void>(!write(STDERR_FILENO, "\n", 1));
  _exit(1);
}

/// A chain of the table, without its type: 340 of them would be long to compile.
struct row {
  const char* links;
  int (*from_thread)();
  task<int> (*from_loop)();
};

void check_row(const row& chain, bool on_loop) {
  const std::string name(chain.links);
  current_row = chain.links;
  trace.clear();
  main_thread = std::this_thread::get_id();
  try {
    const int value = on_loop ? smartasync::run(chain.from_loop()) : chain.from_thread();
    EXPECT_EQ(static_cast<std::size_t>(value), name.size());
  } catch (const smartasync::blocking_call_error& error) {
    const std::string refused = name.substr(trace.size());
    EXPECT_NE(std::string(error.what()).find(refused + "()"), std::string::npos) << error.what();
    trace += '!';
  }
  EXPECT_EQ(trace, expected(name, on_loop)) << name << (on_loop ? " on a loop" : " on a thread");
}

template <std::size_t Depth, char... Links>
void check_rows(bool on_loop, int& rows) {
  if constexpr (sizeof...(Links) != 0) {
    using called = chain<Links...>;
    check_row({called::name.data(), [] { return int(smartasync::dispatch<called>()); },
               []() -> task<int> { co_return co_await smartasync::dispatch<called>(); }},
              on_loop);
    ++rows;
  }
  if constexpr (sizeof...(Links) != Depth) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      (check_rows<Depth, Links..., links[Index]>(on_loop, rows), ...);
    }(std::make_index_sequence<sizeof links>());
  }
}

class nesting : public testing::Test {
 protected:
  void SetUp() override {
    smartasync::configure_executor("nesting", {.max_threads = 1, .reserve_threads = 0});
    std::signal(SIGALRM, give_up);
    alarm(120);
  }
  void TearDown() override { alarm(0); }
};

TEST_F(nesting, of_every_chain_from_a_plain_thread_ends_as_the_table_says) {
  int rows = 0;
  check_rows<4>(false, rows);
  EXPECT_EQ(rows, 4 + 16 + 64 + 256);
}

TEST_F(nesting, of_every_chain_from_a_loop_ends_as_the_table_says) {
  int rows = 0;
  check_rows<4>(true, rows);
  EXPECT_EQ(rows, 4 + 16 + 64 + 256);
}

}  // namespace
