// SPDX-License-Identifier: MIT
// What an abandoned call borrows may be gone before the call has ended.
// says: abandon|with_timeout
#include "call_functions.hpp"
#include "smartasync/with_timeout.hpp"

smartasync::task<void> use(int count) {
  using namespace std::chrono_literals;
#ifdef MISUSE
  co_await smartasync::with_timeout(1s, call_test::pending<call_test::touch>(count),
                                    smartasync::abandon);
#else
  co_await smartasync::with_timeout(1s, call_test::pending<call_test::add>(count, 1),
                                    smartasync::abandon);
#endif
}
