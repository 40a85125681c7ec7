// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "smartasync/detail/call_chain.hpp"
#include "smartasync/detail/call_watch.hpp"
#include "smartasync/detail/invocation.hpp"
#include "smartasync/detail/lane_key.hpp"
#include "smartasync/site.hpp"

namespace smartasync {

namespace detail {

/// block(), reported.
template <class Function, class... Arguments>
[[gnu::cold, gnu::noinline]] typename Function::result block_watched(Arguments&&... arguments) {
  call_watch watch;
  watch.open(Function::site, Function::kind, false);
  auto call = [&]() -> decltype(auto) {
    watch.enter();
    return Function::invoke(static_cast<Arguments&&>(arguments)...);
  };
  if constexpr (is_direct_call<Function>) {
    return call();
  } else {
    return blocking_invocation<Function>(lane_key<Function>(arguments...),
                                         call_ref<decltype(call())>(call));
  }
}

}  // namespace detail

/// block() is the sync entry of `Function`: it calls the author's function and returns when it is
/// done. A sync function is called directly, whatever the context; an async one runs by the table
/// of nesting of `run()`, and throws blocking_call_error on the thread of a running loop.
template <class Function, class... Arguments>
typename Function::result block(Arguments&&... arguments) {
  try {
    if (detail::watched<Function>()) [[unlikely]]
      return detail::block_watched<Function>(static_cast<Arguments&&>(arguments)...);
    if constexpr (detail::is_direct_call<Function>) {
      return Function::invoke(static_cast<Arguments&&>(arguments)...);
    } else {
      auto call = [&]() -> decltype(auto) {
        return Function::invoke(static_cast<Arguments&&>(arguments)...);
      };
      return detail::blocking_invocation<Function>(detail::lane_key<Function>(arguments...),
                                                   detail::call_ref<decltype(call())>(call));
    }
  } catch (detail::call_chain& chain) {
    chain.passed(Function::site.function, detail::lane_key<Function>(arguments...));
    throw;
  }
}

}  // namespace smartasync
