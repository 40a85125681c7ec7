// SPDX-License-Identifier: MIT
// What is submitted may outlive what a scoped call borrows: a portal that closes does not wait.
// says: submit a callable that makes the call
#include "call_functions.hpp"
#include "smartasync/portal.hpp"

void use(smartasync::portal& in, int& count) {
#ifdef MISUSE
  in.call(call_test::stub<call_test::touch>(count));
#else
  in.call([&] { return call_test::stub<call_test::touch>(count); });
#endif
}
