// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

namespace smartasync::detail {

// Two threads that each write a word and then read the other's, with a fence between: at least one
// of them sees what the other has written. These are the fences for where one side does it all the
// time and the other seldom: the light one keeps the compiler alone from changing the order, and
// the heavy one makes every thread of the process that runs pass a full barrier, wherever it is
// (membarrier(2); the pair is that of P1202, asymmetric fences).
//
// Thread safety: from any thread.

/// True once the kernel has agreed to the heavy fence; the light one is a full one until then.
extern constinit std::atomic<bool> has_heavy_fence;

/// A barrier of this thread alone.
void full_fence() noexcept;

/// For who does it often.
inline void asymmetric_fence_light() noexcept {
  std::atomic_signal_fence(std::memory_order_seq_cst);
  if (!has_heavy_fence.load(std::memory_order_relaxed)) [[unlikely]]
    full_fence();
}

/// For who does it seldom: a system call, which interrupts the other processors where the process
/// runs. Where the kernel refuses it, also from some time on, it and the light one are full fences
/// from then on; who meets the first refusal sleeps for a millisecond.
void asymmetric_fence_heavy() noexcept;

/// Asks the kernel for the heavy fence. At any time, also again after a fork.
void prepare_asymmetric_fences() noexcept;

}  // namespace smartasync::detail
