// SPDX-License-Identifier: MIT
#pragma once

// Function objects as smartasync-gen writes them, by hand, for the tests of what they stand on.

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "smartasync/entry.hpp"
#include "smartasync/sleep.hpp"
#include "smartasync/to_thread.hpp"

namespace call_test {

using namespace std::chrono_literals;

/// An immovable value: only a ready call can hold it, made in place.
struct pinned {
  explicit pinned(int value) : number(value) {}
  pinned(pinned&&) = delete;
  int number;
};

template <class Result>
struct async_function {
  static constexpr auto kind = smartasync::call_kind::async;
  using result = Result;
};

template <class Result>
struct sync_function {
  static constexpr auto kind = smartasync::call_kind::sync;
  using result = Result;
};

struct add : async_function<int> {
  static constexpr smartasync::site site{.function = "call_test::add"};
  using arguments = smartasync::keep<smartasync::moved<int>, smartasync::moved<int>>;
  static smartasync::task<int> invoke(int a, int b) { co_return a + b; }
};

struct slow_add : async_function<int> {
  static constexpr smartasync::site site{.function = "call_test::slow_add"};
  using arguments = smartasync::keep<smartasync::moved<int>, smartasync::moved<int>>;
  static smartasync::task<int> invoke(int a, int b) {
    co_await smartasync::sleep_for(1ms);
    co_return a + b;
  }
};

struct fail : async_function<int> {
  static constexpr smartasync::site site{.function = "call_test::fail"};
  using arguments = smartasync::keep<>;
  static smartasync::task<int> invoke() {
    co_await smartasync::yield();
    throw std::runtime_error("no such page");
  }
};

/// Fails, in its task or before there is one.
struct refuse : async_function<int> {
  static constexpr smartasync::site site{.function = "call_test::refuse"};
  using arguments =
      smartasync::keep<smartasync::moved<std::shared_ptr<int>>, smartasync::moved<bool>>;
  static smartasync::task<int> refuse_in_task(std::shared_ptr<int> given) {
    throw std::runtime_error("closed");
    co_return *given;
  }
  static smartasync::task<int> invoke(std::shared_ptr<int> given, bool at_once) {
    if (at_once) throw std::runtime_error("closed at once");
    return refuse_in_task(std::move(given));
  }
};

/// The same with what is no task.
struct refuse_elsewhere : async_function<int> {
  static constexpr smartasync::site site{.function = "call_test::refuse_elsewhere"};
  using arguments = refuse::arguments;
  static auto invoke(std::shared_ptr<int> given, bool at_once) {
    if (at_once) throw std::runtime_error("closed at once");
    return smartasync::to_thread([given = std::move(given)]() -> int {
      if (*given != 0) throw std::runtime_error("closed");
      return *given;
    });
  }
};

struct touch : async_function<void> {
  static constexpr smartasync::site site{.function = "call_test::touch"};
  using arguments = smartasync::keep<smartasync::borrowed<int&>>;
  static smartasync::task<void> invoke(int& count) {
    ++count;
    co_return;
  }
};

/// What it is given lives as long as its frame.
struct look_at : async_function<int> {
  static constexpr smartasync::site site{.function = "call_test::look_at"};
  using arguments = smartasync::keep<smartasync::moved<std::shared_ptr<int>>>;
  static smartasync::task<int> invoke(std::shared_ptr<int> seen) { co_return *seen; }
};

/// The same, and its value refers to it.
struct refer_to : async_function<const std::string&> {
  static constexpr smartasync::site site{.function = "call_test::refer_to"};
  using arguments = smartasync::keep<smartasync::moved<std::string>>;
  static smartasync::task<const std::string&> invoke(std::string text) { co_return text; }
};

struct shout : sync_function<std::string> {
  static constexpr smartasync::site site{.function = "call_test::shout"};
  using arguments = smartasync::keep<smartasync::viewed<std::string_view, std::string>>;
  static std::string invoke(std::string_view text) { return std::string(text) + "!"; }
};

struct measure : sync_function<std::size_t> {
  static constexpr smartasync::site site{.function = "call_test::measure"};
  using arguments = smartasync::keep<smartasync::in_place<const std::string&>>;
  static std::size_t invoke(const std::string& text) { return text.size(); }
};

struct thread_of : sync_function<std::thread::id> {
  static constexpr smartasync::site site{.function = "call_test::thread_of"};
  using arguments = smartasync::keep<>;
  static std::thread::id invoke() { return std::this_thread::get_id(); }
};

struct box : sync_function<std::unique_ptr<int>> {
  static constexpr smartasync::site site{.function = "call_test::box"};
  using arguments = smartasync::keep<smartasync::moved<std::unique_ptr<int>>>;
  static std::unique_ptr<int> invoke(std::unique_ptr<int>&& number) { return std::move(number); }
};

struct element : sync_function<int&> {
  static constexpr smartasync::site site{.function = "call_test::element"};
  using arguments = smartasync::keep<smartasync::borrowed<std::vector<int>&>>;
  static int& invoke(std::vector<int>& numbers) { return numbers.front(); }
};

struct make_pinned : sync_function<pinned> {
  static constexpr smartasync::site site{.function = "call_test::make_pinned"};
  using arguments = smartasync::keep<smartasync::moved<int>>;
  static pinned invoke(int number) { return pinned(number); }
};

struct on_net : async_function<std::thread::id> {
  static constexpr smartasync::site site{.function = "call_test::on_net", .loop = "call_test"};
  using arguments = smartasync::keep<smartasync::moved<bool>>;
  static smartasync::task<std::thread::id> invoke(bool fails) {
    co_await smartasync::sleep_for(1ms);
    if (fails) throw std::runtime_error("net is down");
    co_return std::this_thread::get_id();
  }
};

/// The stub that the generator writes over a function object.
template <class Function, class... Arguments>
smartasync::call<typename Function::result, Function> stub(Arguments&&... arguments) {
  return smartasync::dispatch<Function>(std::forward<Arguments>(arguments)...);
}

template <class Function, class... Arguments>
typename Function::result blocking(Arguments&&... arguments) {
  return smartasync::block<Function>(smartasync::sync, std::forward<Arguments>(arguments)...);
}

template <class Function, class... Arguments>
smartasync::operation<typename Function::result, Function> pending(Arguments&&... arguments) {
  return smartasync::pend<Function>(std::forward<Arguments>(arguments)...);
}

}  // namespace call_test
