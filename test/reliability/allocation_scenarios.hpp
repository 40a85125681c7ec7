// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <span>

namespace reliability {

/// What is there after a call that went well.
enum class lasting {
  nothing,
  frames,  ///< Kept for reuse by a thread that goes on; none where frames are not recycled.
  what_it_made,
};

struct scenario {
  const char* name;
  bool (*body)();
  lasting leaves = lasting::nothing;
};

/// What the runtime does that allocates.
[[nodiscard]] std::span<const scenario> allocation_scenarios();

/// A few calls that must go well between the others: a coroutine that suspends, and an offload.
[[nodiscard]] bool serves_the_next_call();

/// How many exceptions the handler of unhandled ones has seen; the test installs one that counts.
[[nodiscard]] std::atomic<int>& reported();

}  // namespace reliability
