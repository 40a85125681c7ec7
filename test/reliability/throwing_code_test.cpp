// SPDX-License-Identifier: MIT
// Code of the user that throws, in every place where it can stand: the error comes to who called,
// or to the handler of unhandled exceptions where nobody waits, and the loop and the executor go
// on.
//
// Not here, because they end the program by the rules of the language: what a stop callback throws,
// what a destructor throws, and what handlers and detectors throw, whose contract forbids it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <coroutine>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../unit/runtime/call_functions.hpp"
#include "../unit/runtime/combinator_operations.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace reliability {

/// A library's own awaitable, adapted by a function that throws.
struct adapted_badly {};

}  // namespace reliability

template <>
struct smartasync::awaitable_traits<reliability::adapted_badly> {
  static std::suspend_never adapt(reliability::adapted_badly&&) {
    throw std::runtime_error("adapter");
  }
};

namespace {

using namespace std::chrono_literals;
using call_test::stub;
using combinator_test::after_yields;
using combinator_test::for_ever;
using combinator_test::text_of_error;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

/// What nobody waited for. Written on one thread at a time: a run has ended when it is read.
std::vector<std::string> unhandled;

class throwing_code : public testing::Test {
 protected:
  throwing_code() {
    unhandled.clear();
    smartasync::set_unhandled_exception_handler([](std::exception_ptr e) noexcept {
      unhandled.push_back(text_of_error([&] { std::rethrow_exception(e); }));
    });
  }
  ~throwing_code() override {
    smartasync::set_unhandled_exception_handler(nullptr);
    EXPECT_EQ(run([]() -> task<int> {
                co_await smartasync::sleep_for(1us);
                co_return co_await to_thread([] { return 7; });
              }),
              7);
  }

 private:
  reliability::watchdog guard_{testing::UnitTest::GetInstance()->current_test_info()->name()};
};

/// Throws from its second move on, or where it is told to.
class moves_badly {
 public:
  explicit moves_badly(int moves_left) : moves_left_(moves_left) {}
  moves_badly(moves_badly&& other) : moves_left_(other.moves_left_ - 1) {
    if (moves_left_ < 0) throw std::runtime_error("move");
  }
  moves_badly(const moves_badly&) { throw std::runtime_error("copy"); }

 private:
  int moves_left_;
  // So that a value which was not destroyed, or twice, is found under AddressSanitizer.
  std::unique_ptr<int> owned_ = std::make_unique<int>(0);
};

[[noreturn]] void fail(const char* text) { throw std::runtime_error(text); }

task<int> fails(const char* text) {
  co_await smartasync::yield();
  throw std::runtime_error(text);
}

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

TEST_F(throwing_code, on_an_executor_comes_out_of_the_await) {
  EXPECT_EQ(text_of_error([] { run(to_thread([] { fail("offloaded"); })); }), "offloaded");
  // Moved out of the call, but not out of the outcome.
  EXPECT_EQ(text_of_error(
                [] { run([]() -> task<> { co_await to_thread([] { return moves_badly(0); }); }); }),
            "move");
  // An argument that can be moved into the awaitable, but not into the call.
  EXPECT_EQ(text_of_error([] {
              run([]() -> task<> { co_await to_thread([](moves_badly) {}, moves_badly(2)); });
            }),
            "move");
}

TEST_F(throwing_code, in_the_move_of_a_result_comes_out_of_the_await) {
  for (int moves = 0; moves != 2; ++moves) {
    auto work = [](int moves_left) -> task<moves_badly> { co_return moves_badly(moves_left); };
    EXPECT_EQ(
        text_of_error([&] { run([&]() -> task<> { static_cast<void>(co_await work(moves)); }); }),
        "move");
    EXPECT_EQ(text_of_error([&] { static_cast<void>(run(work(moves))); }), "move");
    EXPECT_EQ(text_of_error([&] {
                run([&]() -> task<> {
                  static_cast<void>(co_await smartasync::when_all(work(moves), after_yields(1, 1)));
                });
              }),
              "move");
    EXPECT_EQ(
        text_of_error([&] {
          run([&]() -> task<> { static_cast<void>(co_await smartasync::when_any(work(moves))); });
        }),
        "move");
  }
}

TEST_F(throwing_code, of_something_foreign_comes_out_of_the_await) {
  enum class place { ready, suspend, resume };
  struct awaiter {
    place where;
    bool await_ready() const {
      if (where == place::ready) fail("ready");
      return false;
    }
    void await_suspend(std::coroutine_handle<> h) const {
      if (where == place::suspend) fail("suspend");
      h.resume();
    }
    void await_resume() const {
      if (where == place::resume) fail("resume");
    }
  };
  struct no_awaiter {
    std::suspend_never operator co_await() { fail("operator"); }
  };
  auto awaits = [](auto what) -> task<> { co_await std::move(what); };
  EXPECT_EQ(text_of_error([&] { run(awaits(awaiter{place::ready})); }), "ready");
  EXPECT_EQ(text_of_error([&] { run(awaits(awaiter{place::suspend})); }), "suspend");
  EXPECT_EQ(text_of_error([&] { run(awaits(awaiter{place::resume})); }), "resume");
  EXPECT_EQ(text_of_error([&] { run(awaits(no_awaiter())); }), "operator");
  EXPECT_EQ(text_of_error([&] { run(awaits(reliability::adapted_badly())); }), "adapter");
  EXPECT_EQ(text_of_error([&] {
              run([&] { return smartasync::when_all(after_yields(1, 2), no_awaiter()); });
            }),
            "operator");
}

TEST_F(throwing_code, submitted_to_a_portal_comes_out_of_the_future) {
  run([]() -> task<> {
    smartasync::portal way_in;
    const std::vector<std::string> texts = co_await to_thread([&] {
      return std::vector{
          text_of_error([&] { way_in.call([] { fail("function"); }); }),
          text_of_error([&] { static_cast<void>(way_in.call([] { return fails("task"); })); }),
          text_of_error([&] {
            moves_badly given(9);
            way_in.call([given = std::move(given)]() mutable { moves_badly copied(given); });
          })};
    });
    EXPECT_EQ(texts, (std::vector<std::string>{"function", "task", "copy"}));
  });
  EXPECT_TRUE(unhandled.empty());
}

TEST_F(throwing_code, in_the_move_of_a_value_into_a_future_comes_out_of_it) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "pthread_once under ThreadSanitizer does not survive an exception, and a promise "
                  "moves its value in there";
#endif
  run([]() -> task<> {
    smartasync::portal way_in;
    const std::string text = co_await to_thread([&] {
      return text_of_error([&] { static_cast<void>(way_in.call([] { return moves_badly(0); })); });
    });
    EXPECT_EQ(text, "move");
  });
}

struct object {};

struct fails_in_lane : call_test::async_function<int> {
  static constexpr smartasync::site site{.function = "fails_in_lane", .serial = true};
  using object = ::object;
  using arguments = smartasync::keep<smartasync::borrowed<::object&>>;
  static task<int> invoke(::object&) { return fails("lane"); }
};

struct takes_one : call_test::sync_function<void> {
  static constexpr smartasync::site site{.function = "takes_one"};
  using arguments = smartasync::keep<smartasync::moved<moves_badly>>;
  static void invoke(moves_badly) {}
};

TEST_F(throwing_code, in_a_lane_gives_the_lane_to_the_next) {
  object shared;
  EXPECT_EQ(text_of_error([&] { stub<fails_in_lane>(shared).get(); }), "lane");
  run([&]() -> task<> {
    std::vector<std::string> texts;
    auto calls = [&]() -> task<> {
      try {
        co_await stub<fails_in_lane>(shared);
      } catch (const std::runtime_error& e) {
        texts.push_back(e.what());
      }
    };
    co_await smartasync::when_all(calls(), calls(), calls());
    EXPECT_EQ(texts, std::vector<std::string>(3, "lane"));
  });
}

TEST_F(throwing_code, on_a_named_loop_comes_out_of_the_call) {
  EXPECT_EQ(text_of_error([] { static_cast<void>(stub<call_test::on_net>(true).get()); }),
            "net is down");
  EXPECT_EQ(text_of_error([] {
              run([]() -> task<> { static_cast<void>(co_await stub<call_test::on_net>(true)); });
            }),
            "net is down");
}

TEST_F(throwing_code, in_the_move_of_an_argument_comes_out_of_the_stub_or_the_await) {
  for (int moves = 0; moves != 4; ++moves) {
    bool threw = false;
    run([&]() -> task<> {
      try {
        co_await stub<takes_one>(moves_badly(moves));
      } catch (const std::runtime_error&) {
        threw = true;
      }
    });
    if (!threw) {
      EXPECT_GT(moves, 0);
      return;
    }
  }
  ADD_FAILURE() << "too many moves";
}

TEST_F(throwing_code, in_a_variable_comes_out_of_its_accessor) {
  struct copies_badly {
    int value = 0;
    copies_badly() = default;
    explicit copies_badly(int v) : value(v) {}
    copies_badly(copies_badly&&) = default;
    copies_badly(const copies_badly& other) : value(other.value) {
      if (value != 0) fail("copy");
    }
  };
  smartasync::context_var<copies_badly> variable;
  run([&]() -> task<> {
    variable.set(copies_badly(1));
    EXPECT_EQ(text_of_error([&] { static_cast<void>(variable.get()); }), "copy");
    co_await smartasync::when_all(after_yields(1, 1), [&]() -> task<> {
      variable.set(copies_badly(0));
      EXPECT_EQ(variable.get().value, 0);
      co_return;
    });
  });
}

/// As a reactor of others may be: it calls their code, which throws.
class throwing_wait final : public smartasync::loop_wait {
 public:
  std::size_t wait(deadline until, smartasync::detail::work_queue& ready) override {
    if (throws_-- > 0) fail("wait");
    return inner_->wait(until, ready);
  }
  void wake() noexcept override { inner_->wake(); }
  bool watch(smartasync::descriptor_watch& w) override {
    if (!std::exchange(watched_, true)) fail("watch");
    return inner_->watch(w);
  }
  void unwatch(smartasync::descriptor_watch& w) noexcept override { inner_->unwatch(w); }

 private:
  std::unique_ptr<smartasync::loop_wait> inner_ = smartasync::make_epoll_wait();
  int throws_ = 3;
  bool watched_ = false;
};

TEST_F(throwing_code, in_the_blocking_wait_is_reported_and_the_loop_goes_on) {
  std::string watch_error;
  bool woke = false;
  {
    smartasync::event_loop loop(std::make_unique<throwing_wait>());
    smartasync::spawn(loop, [&]() -> task<> {
      co_await smartasync::sleep_for(1ms);
      std::array<int, 2> ends{};
      if (::pipe(ends.data()) != 0) co_return;
      try {
        co_await smartasync::writable(ends[1]);
      } catch (const std::runtime_error& e) {
        watch_error = e.what();
      }
      co_await smartasync::writable(ends[1]);
      for (const int each : ends) ::close(each);
      woke = co_await to_thread([] { return true; });
      loop.stop();
    });
    loop.run();
  }
  EXPECT_TRUE(woke);
  EXPECT_EQ(watch_error, "watch");
  EXPECT_EQ(unhandled, std::vector<std::string>(3, "wait"));
}

}  // namespace
