// SPDX-License-Identifier: MIT
#include "smartasync/detail/thread_state.hpp"

#include <type_traits>

#include "runtime_copy.hpp"

namespace smartasync::detail {

static_assert(std::is_trivially_destructible_v<thread_state>);

constinit thread_local thread_state thread_local_state;

// Whatever is linked statically needs this file, and so brings the search with it.
[[gnu::used]] constinit auto* const search_of_this_copy = &look_for_other_copies;

}  // namespace smartasync::detail
