// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "smartasync/detail/offload.hpp"
#include "smartasync/executor.hpp"

namespace smartasync {

/// Awaited, calls `f(args...)` on the executor `where` and resumes the coroutine on its own loop
/// with the result. `f` and `args` are moved into the awaitable, as `std::thread` does it; wrap in
/// `std::ref` what is to be referred to.
///
/// Cancelled, a call that waits in the queue is taken out and `cancelled_error` is thrown at once;
/// one that runs goes on to its end, and its result is given. A call can see it through
/// `current_stop_token()`. Throws, when awaited, what `f` throws, `executor_full_error`,
/// `cancelled_error`. Awaited in a coroutine that runs on no loop, it resumes on the executor's
/// thread.
template <class F, class... Args>
  requires std::invocable<std::decay_t<F>, std::decay_t<Args>...>
[[nodiscard]] auto to_thread(executor& where, F&& f, Args&&... args) {
  if constexpr (sizeof...(Args) == 0) {
    return detail::offload<std::decay_t<F>>(where, std::forward<F>(f));
  } else {
    auto call = [f = std::decay_t<F>(std::forward<F>(f)),
                 args = std::tuple<std::decay_t<Args>...>(std::forward<Args>(args)...)]() mutable
        -> decltype(auto) { return std::apply(std::move(f), std::move(args)); };
    return detail::offload<decltype(call)>(where, std::move(call));
  }
}

/// On the executor of that name.
template <class F, class... Args>
  requires std::invocable<std::decay_t<F>, std::decay_t<Args>...>
[[nodiscard]] auto to_thread(std::string_view executor_name, F&& f, Args&&... args) {
  return to_thread(find_executor(executor_name), std::forward<F>(f), std::forward<Args>(args)...);
}

/// On the executor `pool`.
template <class F, class... Args>
  requires std::invocable<std::decay_t<F>, std::decay_t<Args>...>
[[nodiscard]] auto to_thread(F&& f, Args&&... args) {
  return to_thread(detail::default_executor(), std::forward<F>(f), std::forward<Args>(args)...);
}

}  // namespace smartasync
