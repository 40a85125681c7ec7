// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>
#include <utility>

#include "smartasync/detail/call_chain.hpp"
#include "smartasync/detail/call_watch.hpp"
#include "smartasync/detail/invocation.hpp"
#include "smartasync/detail/lane_key.hpp"
#include "smartasync/keep.hpp"
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

/// block() in every case: through its lane, on its loop, nested, watched. Given the author's
/// function as an address, it is compiled once for a signature. `Made` is what that function
/// returns.
template <class Ways, class Made, class Invoke, class... Handed>
[[gnu::cold, gnu::noinline]] typename Ways::result block_unusual(
    const site& of, const void* lane, Invoke* invoke, handed_arguments<Handed...>,
    std::type_identity_t<Handed>... arguments) {
  if constexpr (Ways::are_direct) {
    try {
      blocking_watch watch(of, Ways::kind);
      watch.enter();
      return invoke(static_cast<Handed&&>(arguments)...);
    } catch (call_chain& chain) {
      chain.pass_on(of.function, nullptr);
    }
  } else {
    auto author = [&]() -> Made { return invoke(static_cast<Handed&&>(arguments)...); };
    return block_erased<Ways>(of, lane, call_ref<Made>(author));
  }
}

/// What is known of the context in which a function is to block: what a stub has found, or nothing
/// yet, which an entry says with its tag.
class seen_context {
 public:
  enum what { nothing, usual, unusual };
  constexpr seen_context(sync_t) noexcept : seen_(nothing) {}
  constexpr seen_context(what seen) noexcept : seen_(seen) {}

  /// True where no loop runs on this thread and nothing is watched; for a function that is called
  /// directly, where nothing is watched.
  [[gnu::always_inline]] bool is_usual(bool is_direct) const noexcept {
    if (seen_ != nothing) return seen_ == usual;
    return is_direct ? modes_now() == 0 : context_look().is_usual_without_loop();
  }

 private:
  what seen_;
};

}  // namespace detail

/// block() is the sync entry of `Function`, to be given the tag `sync` first: it calls the author's
/// function and returns when it is done, or throws what that throws; from any thread. A sync one is
/// called directly, whatever the context; an async one runs by the table of nesting of `run()`, and
/// throws blocking_call_error on the thread of a running loop. Inlined whole, but for what is
/// unusual: a call that keeps no argument in memory.
template <class Function, class... Arguments>
[[gnu::always_inline]] inline typename Function::result block(detail::seen_context seen,
                                                              Arguments&&... arguments) {
  using ways = detail::blocking_ways_of<Function>;
  using made = decltype(Function::invoke(static_cast<Arguments&&>(arguments)...));
  if (seen.is_usual(ways::are_direct) && !Function::site.debug) [[likely]] {
    try {
      if constexpr (ways::are_direct) {
        return Function::invoke(static_cast<Arguments&&>(arguments)...);
      } else if constexpr (ways::are_run && detail::is_task<made>) {
        if (detail::plain_run::prepared()) [[likely]] {
          detail::plain_run here;
          const auto root = Function::invoke(static_cast<Arguments&&>(arguments)...).release();
          here.finish(root, root.promise());
          return detail::end_task(root);
        }
      }
    } catch (detail::call_chain& chain) {
      chain.pass_on(Function::site.function, nullptr);
    }
  }
  constexpr auto handed = Function::arguments::template handed<Arguments...>();
  const void* lane = nullptr;
  if constexpr (ways::is_serial) lane = detail::lane_key<Function>(arguments...);
  if constexpr (requires { &Function::invoke; }) {
    return detail::block_unusual<ways, made>(Function::site, lane, &Function::invoke, handed,
                                             static_cast<Arguments&&>(arguments)...);
  } else {
    // There is one more for who gives a stop token.
    return detail::block_unusual<ways, made>(Function::site, lane,
                                             &decltype(handed)::template invoke<Function, made>,
                                             handed, static_cast<Arguments&&>(arguments)...);
  }
}

}  // namespace smartasync
