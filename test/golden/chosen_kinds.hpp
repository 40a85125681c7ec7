// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <string>

namespace golden {

// A task that is handed out, not awaited.
[[smartasync(kind = sync)]] inline smartasync::task<int> handed(int value) { co_return value; }
[[smartasync(kind = async)]] inline smartasync::task<int> awaited(int value) { co_return value; }

template <class T>
[[smartasync(kind = sync)]] smartasync::task<T> kept(T value) {
  co_return value;
}

[[smartasync(name = "obtain")]] inline int get(int value) { return value; }
[[smartasync(name = "obtain")]] inline std::string get(const std::string& value) { return value; }

}  // namespace golden
