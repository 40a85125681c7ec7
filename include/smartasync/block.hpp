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

/// block(), reported. Like blocking_invocation() it is compiled once for a result.
template <class Ways, class Returned>
[[gnu::cold, gnu::noinline]] typename Ways::result block_watched(const site& of, const void* lane,
                                                                 call_ref<Returned> author) {
  blocking_watch watch(of, Ways::kind);
  auto call = [&]() -> Returned {
    watch.enter();
    return author();
  };
  return blocking_invocation<Ways>(of, lane, call_ref<Returned>(call));
}

}  // namespace detail

/// block() is the sync entry of `Function`: it calls the author's function and returns when it is
/// done. A sync function is called directly, whatever the context; an async one runs by the table
/// of nesting of `run()`, and throws blocking_call_error on the thread of a running loop.
template <class Function, class... Arguments>
typename Function::result block(Arguments&&... arguments) {
  auto author = [&]() -> decltype(auto) {
    return Function::invoke(static_cast<Arguments&&>(arguments)...);
  };
  using ways = detail::blocking_ways_of<Function>;
  using erased = detail::call_ref<decltype(author())>;
  try {
    if (detail::watched<Function>()) [[unlikely]]
      return detail::block_watched<ways>(Function::site, detail::lane_key<Function>(arguments...),
                                         erased(author));
    if constexpr (ways::are_direct) {
      return author();
    } else {
      return detail::blocking_invocation<ways>(
          Function::site, detail::lane_key<Function>(arguments...), erased(author));
    }
  } catch (detail::call_chain& chain) {
    chain.passed(Function::site.function, detail::lane_key<Function>(arguments...));
    throw;
  }
}

}  // namespace smartasync
