// SPDX-License-Identifier: MIT
// A task that is submitted is consumed, as by everything that takes one.
// says: std::move it
#include "smartasync/portal.hpp"

std::future<int> use(smartasync::portal& in, smartasync::task<int>& work) {
#ifdef MISUSE
  return in.submit(work);
#else
  return in.submit(std::move(work));
#endif
}
