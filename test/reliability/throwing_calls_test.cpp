// SPDX-License-Identifier: MIT
// The rest of throwing_code_test.cpp: calls that leave their loop, values that cannot be moved, and
// what is not ours.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <coroutine>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../unit/runtime/call_functions.hpp"
#include "throwing_code.hpp"

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

using namespace reliability;
using call_test::stub;

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
  EXPECT_EQ(text_of_error([&] { run(awaits(adapted_badly())); }), "adapter");
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
