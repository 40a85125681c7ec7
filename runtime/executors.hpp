// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>

namespace smartasync {
class thread_pool;
}

namespace smartasync::detail {

/// The pools of the process, linked in themselves. Never destroyed.
struct pool_list {
  std::mutex mutex;
  thread_pool* first = nullptr;  // Guarded by mutex.
};
[[nodiscard]] pool_list& every_pool() noexcept;

/// Makes the registry of executors, so that at exit it is closed after what is made later.
void prepare_executors();

/// Runs what is queued on the executors and joins their threads.
void end_executors();

/// Ends the named loops and joins their threads.
void end_named_loops();

}  // namespace smartasync::detail
