// SPDX-License-Identifier: MIT
#include "smartasync/shutdown.hpp"

#include <mutex>

#include "executors.hpp"
#include "smartasync/context.hpp"
#include "smartasync/errors.hpp"

namespace smartasync {

void shutdown() {
  if (in_async_context() || detail::state_here().worker_of != nullptr) {
    throw blocking_call_error(
        "smartasync::shutdown(): called on a thread that it would wait for, that of a loop or of "
        "an executor");
  }
  static constinit std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  // What the loops wait for may run on the executors.
  detail::end_named_loops();
  detail::end_executors();
}

}  // namespace smartasync
