// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <semaphore>

#include "errand.hpp"
#include "smartasync/thread_pool.hpp"

namespace reliability {

/// So many short calls queue up that they are seen as a row of them.
inline constexpr std::size_t row_length = 24;
/// More than are submitted at once: somebody is idle, or can be started, while they queue up.
inline constexpr unsigned threads_for_rows = 64;

/// Submits rows of short calls until the pool has one thread for all. False when it never had.
inline bool reach_express(smartasync::thread_pool& pool) {
  std::counting_semaphore<> done(0);
  std::array<errand, row_length> row;
  for (errand& each : row) each.done = &done;
  for (int attempt = 0; attempt != 200 && !pool.in_express(); ++attempt) {
    for (errand& each : row) pool.submit(each);
    for (std::size_t left = row.size(); left != 0; --left) done.acquire();
  }
  return pool.in_express();
}

}  // namespace reliability
