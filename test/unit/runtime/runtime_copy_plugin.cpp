// SPDX-License-Identifier: MIT
#include "smartasync/run.hpp"
#include "smartasync/to_thread.hpp"

namespace {

// Not in answer() itself: GCC 12 gives coroutines in a function with C linkage the same symbol.
smartasync::task<int> offloaded() {
  co_return co_await smartasync::to_thread([] { return 42; });
}

}  // namespace

/// Uses the copy of the runtime in this library.
extern "C" int answer() { return smartasync::run(offloaded()); }
