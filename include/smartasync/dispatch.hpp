// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "smartasync/block.hpp"
#include "smartasync/call.hpp"
#include "smartasync/operation.hpp"
#include "smartasync/site.hpp"

namespace smartasync {

/// pend() is the async entry of `Function`: it keeps the arguments, and never blocks.
template <class Function, class... Arguments>
operation<typename Function::result, Function> pend(Arguments&&... arguments) {
  return {async, static_cast<Arguments&&>(arguments)...};
}

/// dispatch() is the stub of `Function`: where a loop runs on this thread it is pend(), elsewhere
/// it is block(). The context is looked at once, here.
template <class Function, class... Arguments>
[[gnu::always_inline]] inline call<typename Function::result, Function> dispatch(
    Arguments&&... arguments) {
  return {by_context, static_cast<Arguments&&>(arguments)...};
}

}  // namespace smartasync
