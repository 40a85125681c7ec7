// SPDX-License-Identifier: MIT
// What a program that has no runtime opens with dlopen(): calls of both kinds, in both contexts.
#include <string>

#include "call_functions.hpp"
#include "smartasync/run.hpp"
#include "smartasync/when_all.hpp"

namespace {

using namespace call_test;

smartasync::task<int> awaited_calls(int a) {
  const auto home = std::this_thread::get_id();
  int right = 0;
  right += co_await stub<add>(a, 1) == a + 1;
  right += co_await stub<slow_add>(a, 2) == a + 2;
  right += co_await stub<thread_of>() != home;
  auto [sum, text] = co_await smartasync::when_all(stub<slow_add>(a, 3), stub<shout>("served"));
  right += sum == a + 3 && text == "served!";
  try {
    static_cast<void>(stub<add>(a, 4).get());
  } catch (const smartasync::blocking_call_error&) {
    ++right;
  }
  co_return right;
}

}  // namespace

/// Makes calls from the calling thread, where no loop runs, and from a coroutine that it runs;
/// false when one of them went another way than the table of dispatch has it.
extern "C" [[gnu::visibility("default")]] bool serve(int a) {
  int right = 0;
  right += stub<add>(a, 1).get() == a + 1;
  right += stub<slow_add>(a, 2).get() == a + 2;
  right += stub<thread_of>().get() == std::this_thread::get_id();
  right += smartasync::run(awaited_calls(a));
  return right == 8 && !smartasync::in_async_context();
}
