// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "smartasync/call.hpp"
#include "smartasync/context.hpp"
#include "smartasync/detail/invocation.hpp"
#include "smartasync/detail/lane_key.hpp"
#include "smartasync/operation.hpp"
#include "smartasync/site.hpp"

namespace smartasync {

/// block() is the sync entry of `Function`: it calls the author's function and returns when it is
/// done. A sync function is called directly, whatever the context; an async one runs by the table
/// of nesting of `run()`, and throws blocking_call_error on the thread of a running loop.
template <class Function, class... Arguments>
typename Function::result block(Arguments&&... arguments) {
  auto call = [&]() -> decltype(auto) {
    return Function::invoke(std::forward<Arguments>(arguments)...);
  };
  return detail::invocation<Function, decltype(call)&>::block(
      detail::lane_key<Function>(arguments...), call);
}

/// pend() is the async entry of `Function`: it keeps the arguments, and never blocks.
template <class Function, class... Arguments>
operation<typename Function::result, Function> pend(Arguments&&... arguments) {
  return operation<typename Function::result, Function>(async,
                                                        std::forward<Arguments>(arguments)...);
}

/// dispatch() is the stub of `Function`: where a loop runs on this thread it is pend(), elsewhere
/// it is block(). The context is looked at once, here.
template <class Function, class... Arguments>
call<typename Function::result, Function> dispatch(Arguments&&... arguments) {
  using made = call<typename Function::result, Function>;
  if (in_async_context()) return made(async, std::forward<Arguments>(arguments)...);
  return made(sync, [&]() -> typename Function::result {
    return block<Function>(std::forward<Arguments>(arguments)...);
  });
}

}  // namespace smartasync
