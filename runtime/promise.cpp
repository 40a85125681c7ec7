// SPDX-License-Identifier: MIT
#include "smartasync/detail/promise.hpp"

#include <utility>

#include "smartasync/detail/suspended.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync::detail {

void drain_next() noexcept {
  thread_state& t = state_here();
  ++t.depth;
  while (t.next != nullptr) {
    std::coroutine_handle<>::from_address(std::exchange(t.next, nullptr)).resume();
  }
  --t.depth;
}

void resume_next(std::coroutine_handle<> h) noexcept {
  thread_state& t = state_here();
  if (t.next == nullptr) {
    t.next = h.address();
    if (t.depth == 0) drain_next();
  } else {
    // Something foreign resumed a second coroutine under the first: it cannot wait its turn.
    ++t.depth;
    h.resume();
    --t.depth;
  }
}

void suspended::schedule() noexcept { chain->home()->post_here(*this); }

void suspended::resume_here() noexcept {
  thread_state& t = state_here();
  scope* const outer = std::exchange(t.current, chain);
  resume_next(handle);
  t.current = outer;
}

}  // namespace smartasync::detail
