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

/// block_erased() where calls are watched: reports the path that the call takes, and how long.
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

/// block_erased() is block() without the type of the function: it is compiled once for a result.
template <class Ways, class Returned>
typename Ways::result block_erased(const site& of, const void* lane, call_ref<Returned> author) {
  try {
    if (watched(of)) [[unlikely]]
      return block_watched<Ways>(of, lane, author);
    return blocking_invocation<Ways>(of, lane, author);
  } catch (call_chain& chain) {
    chain.passed(of.function, lane);
    throw;
  }
}

}  // namespace detail

/// block() is the sync entry of `Function`: it calls the author's function and returns when it is
/// done. A sync function is called directly, whatever the context; an async one runs by the table
/// of nesting of `run()`, and throws blocking_call_error on the thread of a running loop.
template <class Function, class... Arguments>
[[gnu::always_inline]] inline typename Function::result block(Arguments&&... arguments) {
  using ways = detail::blocking_ways_of<Function>;
  if constexpr (ways::are_direct) {
    try {
      // In a function of its own this would take the arguments by address, and so keep them in
      // memory on the other path as well.
      if (detail::watched(Function::site)) [[unlikely]] {
        detail::blocking_watch watch(Function::site, Function::kind);
        watch.enter();
        return Function::invoke(static_cast<Arguments&&>(arguments)...);
      }
      return Function::invoke(static_cast<Arguments&&>(arguments)...);
    } catch (detail::call_chain& chain) {
      chain.passed(Function::site.function, nullptr);
      throw;
    }
  } else {
    auto author = [&]() -> decltype(auto) {
      return Function::invoke(static_cast<Arguments&&>(arguments)...);
    };
    return detail::block_erased<ways>(Function::site, detail::lane_key<Function>(arguments...),
                                      detail::call_ref<decltype(author())>(author));
  }
}

}  // namespace smartasync
