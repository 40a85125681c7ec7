// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>
#include <utility>

#include "smartasync/awaitable.hpp"
#include "smartasync/detail/call_ref.hpp"
#include "smartasync/detail/loop_hop.hpp"
#include "smartasync/detail/offload.hpp"
#include "smartasync/detail/serial_lane.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/named_loop.hpp"
#include "smartasync/run.hpp"
#include "smartasync/site.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// Tells whether the sync entry is nothing but a call of the author's function.
template <class Function>
inline constexpr bool is_direct_call = Function::kind == call_kind::sync &&
                                       !Function::site.serial && Function::site.loop == nullptr;

/// How a caller that waits calls the function that `Function` describes: a serial function goes
/// through its lane first, one with a loop of its own goes there, an async one is run.
template <class Function, class Returned>
typename Function::result blocking_invocation(const void* lane, call_ref<Returned> call) {
  const auto in_lane = [&]() -> typename Function::result {
    if constexpr (Function::site.loop != nullptr) {
      return run_on(named_loop(Function::site.loop), Function::site.function, calling(call));
    } else if constexpr (Function::kind == call_kind::async) {
      return run_calling(Function::site.function, call);
    } else {
      return call();
    }
  };
  if constexpr (Function::site.serial) {
    const lane_hold held(lane, Function::site);
    return in_lane();
  } else {
    return in_lane();
  }
}

/// How a caller that awaits calls it, once its arguments are bound in `Call`: through its lane, on
/// its own loop, awaited, or offloaded.
template <class Function, class Call>
class invocation {
  using result = typename Function::result;

 public:
  /// Calls the author's function only where that is what the caller awaits; else when awaited.
  static decltype(auto) awaitable(const void* lane, Call call) {
    if constexpr (Function::site.serial) {
      return through_lane(lane, std::move(call));
    } else {
      return awaitable_in_lane(std::move(call));
    }
  }

 private:
  static executor& own_executor() {
    static executor& found =
        find_executor(Function::site.executor != nullptr ? Function::site.executor : "pool");
    return found;
  }

  static decltype(auto) awaitable_in_lane(Call call) {
    if constexpr (Function::site.loop != nullptr) {
      return on_loop<result>(named_loop(Function::site.loop), std::move(call));
    } else if constexpr (Function::kind == call_kind::async) {
      return call();
    } else {
      return offload<Call>(own_executor(), std::move(call));
    }
  }

  static task<result> through_lane(const void* lane, Call call) {
    const lane_hold held = co_await lane_wait(lane, Function::site);
    co_return co_await awaitable_in_lane(std::move(call));
  }
};

}  // namespace smartasync::detail
