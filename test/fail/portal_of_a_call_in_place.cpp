// SPDX-License-Identifier: MIT
// What is submitted is moved to the loop, and a call in place cannot be moved.
// says: submit a callable that makes the call
#include "call_functions.hpp"
#include "smartasync/portal.hpp"

std::future<std::size_t> use(smartasync::portal& in, const std::string& text) {
#ifdef MISUSE
  return in.submit(call_test::stub<call_test::measure>(text));
#else
  return in.submit([text] { return call_test::stub<call_test::measure>(text); });
#endif
}
