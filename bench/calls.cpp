// SPDX-License-Identifier: MIT
#include "calls.smart.hpp"
#include "smartasync/sleep.hpp"

namespace bench {

int plain(int a) { return a + 1; }

smartasync::task<int> ready(int a) { co_return a + 1; }

smartasync::task<int> one_yield(int a) {
  co_await smartasync::yield();
  co_return a + 1;
}

smartasync::task<int> nested(int depth) {
  if (depth == 0) co_return 0;
  co_return 1 + co_await smart::nested(depth - 1);
}

[[gnu::noinline]] smartasync::task<int> nested_raw(int depth) {
  if (depth == 0) co_return 0;
  co_return 1 + co_await nested_raw(depth - 1);
}

}  // namespace bench
