// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "smartasync/detail/invocation.hpp"
#include "smartasync/detail/lane_key.hpp"
#include "smartasync/site.hpp"

namespace smartasync {

/// block() is the sync entry of `Function`: it calls the author's function and returns when it is
/// done. A sync function is called directly, whatever the context; an async one runs by the table
/// of nesting of `run()`, and throws blocking_call_error on the thread of a running loop.
template <class Function, class... Arguments>
typename Function::result block(Arguments&&... arguments) {
  if constexpr (detail::is_direct_call<Function>) {
    return Function::invoke(static_cast<Arguments&&>(arguments)...);
  } else {
    auto call = [&]() -> decltype(auto) {
      return Function::invoke(static_cast<Arguments&&>(arguments)...);
    };
    return detail::blocking_invocation<Function>(detail::lane_key<Function>(arguments...),
                                                 detail::call_ref<decltype(call())>(call));
  }
}

}  // namespace smartasync
