// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "smartasync/detail/work_item.hpp"

namespace smartasync::detail {

/// Has a queue entry brought into the processor's cache, with what stands around it in a
/// coroutine's frame, to be written soon: taken from any other processor's cache at once, not first
/// read and then claimed.
inline void fetch_to_write(const work_item* item) noexcept {
  const auto* const begin = reinterpret_cast<const char*>(item);
  for (std::ptrdiff_t at = -64; at != 192; at += 64) {
#if defined(__x86_64__)
    // Compilers make an instruction for reading of their builtin, since not every x86 has this one;
    // every 64-bit one has, or takes it for none.
    __asm__ volatile("prefetchw %0" : : "m"(begin[at]));
#else
    __builtin_prefetch(begin + at, 1);
#endif
  }
}

}  // namespace smartasync::detail
