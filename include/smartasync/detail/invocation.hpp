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

/// blocking_ways is what decides how a caller that waits calls a function. Functions that agree in
/// it share the code behind their sync entries.
template <class Result, call_kind Kind, bool IsSerial, bool HasLoop>
struct blocking_ways {
  using result = Result;
  static constexpr call_kind kind = Kind;
  static constexpr bool is_serial = IsSerial;
  static constexpr bool has_loop = HasLoop;
  /// The sync entry is nothing but a call of the author's function.
  static constexpr bool are_direct = Kind == call_kind::sync && !IsSerial && !HasLoop;
  /// The sync entry runs what the author's function returns, and nothing else.
  static constexpr bool are_run = Kind == call_kind::async && !IsSerial && !HasLoop;
};

template <class Function>
using blocking_ways_of = blocking_ways<typename Function::result, Function::kind,
                                       Function::site.serial, Function::site.loop != nullptr>;

/// How a caller that waits calls the author's function: a serial one goes through its lane first,
/// one with a loop of its own goes there, an async one is run.
template <class Ways, class Returned>
typename Ways::result blocking_invocation(const site& of, const void* lane,
                                          call_ref<Returned> call) {
  const auto in_lane = [&]() -> typename Ways::result {
    if constexpr (Ways::has_loop) {
      return run_on(named_loop(of.loop), of.function, calling(call));
    } else if constexpr (Ways::kind == call_kind::async) {
      return run_calling(of.function, call);
    } else {
      return call();
    }
  };
  if constexpr (Ways::is_serial) {
    const lane_hold held(lane, of);
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
      return offload<Call>(own_executor(), std::move(call), Function::site.function);
    }
  }

  static task<result> through_lane(const void* lane, Call call) {
    const lane_hold held = co_await lane_wait(lane, Function::site);
    co_return co_await awaitable_in_lane(std::move(call));
  }
};

}  // namespace smartasync::detail
