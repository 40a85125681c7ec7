// SPDX-License-Identifier: MIT
#include "smartasync/detail/thread_state.hpp"

#include <type_traits>

namespace smartasync::detail {

static_assert(std::is_trivially_destructible_v<thread_state>);

constinit thread_local thread_state thread_local_state;

}  // namespace smartasync::detail
