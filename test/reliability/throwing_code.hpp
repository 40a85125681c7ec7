// SPDX-License-Identifier: MIT
#pragma once

// What the tests of throwing code throw, and how they look at what nobody waited for.

#include <gtest/gtest.h>

#include <chrono>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "../unit/runtime/combinator_operations.hpp"
#include "smartasync/smartasync.hpp"
#include "watchdog.hpp"

namespace reliability {

using namespace std::chrono_literals;
using combinator_test::after_yields;
using combinator_test::for_ever;
using combinator_test::text_of_error;
using smartasync::run;
using smartasync::task;
using smartasync::to_thread;

/// What nobody waited for. Written on one thread at a time: a run has ended when it is read.
inline std::vector<std::string> unhandled;

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
  watchdog guard_{testing::UnitTest::GetInstance()->current_test_info()->name()};
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

[[noreturn]] inline void fail(const char* text) { throw std::runtime_error(text); }

inline task<int> fails(const char* text) {
  co_await smartasync::yield();
  throw std::runtime_error(text);
}

}  // namespace reliability
