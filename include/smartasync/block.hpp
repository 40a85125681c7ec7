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
    chain.pass_on(of.function, lane);
  }
}

/// block() in every case: through its lane, on its loop, nested, watched.
template <class Function, class... Arguments>
[[gnu::cold, gnu::noinline]] typename Function::result block_unusual(Arguments&&... arguments) {
  using ways = blocking_ways_of<Function>;
  if constexpr (ways::are_direct) {
    try {
      blocking_watch watch(Function::site, Function::kind);
      watch.enter();
      return Function::invoke(static_cast<Arguments&&>(arguments)...);
    } catch (call_chain& chain) {
      chain.pass_on(Function::site.function, nullptr);
    }
  } else {
    auto author = [&]() -> decltype(auto) {
      return Function::invoke(static_cast<Arguments&&>(arguments)...);
    };
    using returned = decltype(author());
    return block_erased<ways>(Function::site, lane_key<Function>(arguments...),
                              call_ref<returned>(author));
  }
}

/// block() for who has looked: `is_usual` where no loop runs on this thread and nothing is watched,
/// of a function that is called directly where nothing is watched. Inlined whole, but for what is
/// unusual: a call that keeps no argument in memory.
template <class Function, class... Arguments>
[[gnu::always_inline]] inline typename Function::result block_when(bool is_usual,
                                                                   Arguments&&... arguments) {
  using ways = blocking_ways_of<Function>;
  if (is_usual) [[likely]] {
    try {
      if constexpr (ways::are_direct) {
        return Function::invoke(static_cast<Arguments&&>(arguments)...);
      } else if constexpr (ways::are_run) {
        using made = decltype(Function::invoke(static_cast<Arguments&&>(arguments)...));
        if constexpr (is_task<made>) {
          if (plain_run::prepared()) [[likely]] {
            plain_run here;
            const made root = Function::invoke(static_cast<Arguments&&>(arguments)...);
            return here.result_of(root);
          }
        }
      }
    } catch (call_chain& chain) {
      chain.pass_on(Function::site.function, nullptr);
    }
  }
  return block_unusual<Function>(static_cast<Arguments&&>(arguments)...);
}

}  // namespace detail

/// block() is the sync entry of `Function`: it calls the author's function and returns when it is
/// done. A sync function is called directly, whatever the context; an async one runs by the table
/// of nesting of `run()`, and throws blocking_call_error on the thread of a running loop.
template <class Function, class... Arguments>
[[gnu::always_inline]] inline typename Function::result block(Arguments&&... arguments) {
  const bool is_usual = detail::blocking_ways_of<Function>::are_direct ? detail::modes_now() == 0
                                                                       : detail::is_usual_here();
  return detail::block_when<Function>(is_usual && !Function::site.debug,
                                      static_cast<Arguments&&>(arguments)...);
}

}  // namespace smartasync
