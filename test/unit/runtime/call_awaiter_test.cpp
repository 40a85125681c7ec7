// SPDX-License-Identifier: MIT
// The awaiter of a pending call ends what it has begun: once, and nothing where it has begun
// nothing.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include "call_functions.hpp"
#include "smartasync/run.hpp"

namespace {

using namespace call_test;
using smartasync::run;
using smartasync::task;

/// Makes the awaiter of a call where each byte was set, and destroys it. Who awaits it through an
/// awaiter of his own may have thrown before.
template <class Call>
void make_awaiter_only(Call& call) {
  using awaiter = decltype(call.operator co_await());
  alignas(awaiter) std::array<unsigned char, sizeof(awaiter)> memory;
  memory.fill(0xa5);
  std::destroy_at(::new (static_cast<void*>(memory.data())) awaiter(call.operator co_await()));
}

template <class Function, class... Arguments>
task<void> make_awaiters(Arguments... arguments) {
  auto call = stub<Function>(arguments...);
  make_awaiter_only(call);
  auto operation = pending<Function>(arguments...);
  make_awaiter_only(operation);
  co_return;
}

int dropped = 0;

TEST(call_awaiter, that_has_begun_nothing_ends_nothing) {
  dropped = 0;
  smartasync::set_unawaited_handler([](const smartasync::site&) { ++dropped; });
  run(make_awaiters<add>(1, 2));
  run(make_awaiters<shout>(std::string("hey")));
  run(make_awaiters<on_net>(false));
  smartasync::set_unawaited_handler(nullptr);
  EXPECT_EQ(dropped, 6) << "none was awaited";
}

/// One await, so that what the first has left in the frame is there at the second.
template <class Function>
task<std::string> await_refusals(std::shared_ptr<int> given) {
  std::string heard;
  for (const bool at_once : {false, true, true}) {
    try {
      co_await stub<Function>(given, at_once);
    } catch (const std::runtime_error& error) {
      heard += std::string(error.what()) + ' ' + std::to_string(given.use_count()) + '\n';
    }
  }
  co_return heard;
}

TEST(call_awaiter, of_a_function_that_throws_before_there_is_anything_to_await_ends_nothing) {
  constexpr const char* each_once = "closed 1\nclosed at once 1\nclosed at once 1\n";
  EXPECT_EQ(run(await_refusals<refuse>(std::make_shared<int>(7))), each_once);
  EXPECT_EQ(run(await_refusals<refuse_elsewhere>(std::make_shared<int>(7))), each_once);
}

task<int> await_what_is_ready(smartasync::call<int, add> ready) { co_return co_await ready; }

TEST(call_awaiter, of_a_call_that_is_ready_gives_its_value) {
  EXPECT_EQ(run(await_what_is_ready(stub<add>(1, 2))), 3);
}

task<long> await_all_ways(std::shared_ptr<int> given) {
  for (int i = 0; i != 3; ++i) {
    co_await stub<look_at>(given);
    co_await pending<look_at>(given);
    auto named = stub<look_at>(given);
    co_await named;
    co_await stub<look_at>(given).to_task();
  }
  co_return given.use_count();
}

TEST(call_awaiter, ends_its_task_once) {
  const auto given = std::make_shared<int>(7);
  EXPECT_EQ(run(await_all_ways(given)), 2) << "the test's own, and that of the argument";
  EXPECT_EQ(given.use_count(), 1);
}

}  // namespace
