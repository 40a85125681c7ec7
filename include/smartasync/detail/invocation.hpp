// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>
#include <utility>

#include "smartasync/awaitable.hpp"
#include "smartasync/detail/loop_hop.hpp"
#include "smartasync/detail/offload.hpp"
#include "smartasync/detail/serial_lane.hpp"
#include "smartasync/executor.hpp"
#include "smartasync/named_loop.hpp"
#include "smartasync/run.hpp"
#include "smartasync/site.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// How the function that `Function` describes is called, once its arguments are bound in `Call`:
/// `block` for a caller that waits, `awaitable` for one that awaits. A serial function goes through
/// its lane first, one with a loop of its own goes there, an async one is run or awaited, a sync
/// one is called directly or offloaded.
template <class Function, class Call>
class invocation {
  static constexpr bool serial = Function::site.serial;
  static constexpr bool has_loop = Function::site.loop != nullptr;
  static constexpr bool is_async = Function::kind == call_kind::async;
  using result = typename Function::result;

 public:
  static result block(const void* lane, Call call) {
    if constexpr (serial) {
      const lane_hold held(lane, Function::site);
      return block_in_lane(call);
    } else {
      return block_in_lane(call);
    }
  }

  /// Calls the author's function only where that is what the caller awaits; else when awaited.
  static decltype(auto) awaitable(const void* lane, Call call) {
    if constexpr (serial) {
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

  static result block_in_lane(Call& call) {
    if constexpr (has_loop) {
      return run_on(named_loop(Function::site.loop), Function::site.function, calling(call));
    } else if constexpr (is_async) {
      return run_calling(Function::site.function, call);
    } else {
      return call();
    }
  }

  static decltype(auto) awaitable_in_lane(Call call) {
    if constexpr (has_loop) {
      return on_loop<result>(named_loop(Function::site.loop), std::move(call));
    } else if constexpr (is_async) {
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
