// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

#include "smartasync/detail/outcome.hpp"
#include "smartasync/detail/stop_bridge.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// The task, as the root of a scope that signals and a token of another thread can cancel.
template <class T>
task<T> cancellable(task<T> t, std::vector<int> signals, std::stop_token token) {
  stop_bridge bridge(signals, std::move(token));
  outcome<T> result;
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(t);
      result.set_value();
    } else {
      result.set_value(co_await std::move(t));
    }
  } catch (...) {
    result.set_error(std::current_exception());
  }
  co_await bridge.close();
  co_return result.take();
}

}  // namespace smartasync::detail
