// SPDX-License-Identifier: MIT
// What an abandoned call views may be a temporary of the expression that made it.
// says: abandon|with_timeout
#include "call_functions.hpp"
#include "smartasync/with_timeout.hpp"

smartasync::task<void> use(const std::string& text) {
  using namespace std::chrono_literals;
#ifdef MISUSE
  co_await smartasync::with_timeout(1s, call_test::pending<call_test::measure>(text),
                                    smartasync::abandon);
#else
  co_await smartasync::with_timeout(1s, call_test::pending<call_test::measure>(text));
#endif
}
