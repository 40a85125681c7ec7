// SPDX-License-Identifier: MIT
#pragma once

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <exception>
#include <utility>

namespace bench {

/// Blocks until the coroutine has ended on the loop, as smartasync::run() does.
inline int asio_run(asio::io_context& loop, asio::awaitable<int> t) {
  int result = 0;
  asio::co_spawn(loop, std::move(t), [&](const std::exception_ptr&, int r) { result = r; });
  loop.restart();
  loop.run();
  return result;
}

}  // namespace bench
