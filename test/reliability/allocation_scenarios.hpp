// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <span>
#include <vector>

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

/// One call or coroutine: where it runs, and what it finds there.
[[nodiscard]] std::span<const scenario> call_scenarios();

/// Several operations at the same time, and those that somebody may stop waiting for.
[[nodiscard]] std::span<const scenario> concurrency_scenarios();

/// A loop, and how one reaches it from elsewhere.
[[nodiscard]] std::span<const scenario> loop_scenarios();

/// What the runtime does that allocates: all of these.
[[nodiscard]] std::vector<scenario> allocation_scenarios();

/// A few calls that must go well between the others: a coroutine that suspends, and an offload.
[[nodiscard]] bool serves_the_next_call();

/// How many exceptions the handler of unhandled ones has seen; the test installs one that counts.
[[nodiscard]] std::atomic<int>& reported();

}  // namespace reliability
