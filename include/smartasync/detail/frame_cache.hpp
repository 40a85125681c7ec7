// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <new>

#if defined(__SANITIZE_ADDRESS__)
#define SMARTASYNC_RECYCLE_FRAMES 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SMARTASYNC_RECYCLE_FRAMES 0
#endif
#endif
#ifndef SMARTASYNC_RECYCLE_FRAMES
#define SMARTASYNC_RECYCLE_FRAMES 1
#endif

namespace smartasync::detail {

/// Coroutine frames of this thread that wait for their next use, by size class. A frame that is
/// freed on another thread joins that thread's cache. Bounded: past `class_bytes` in a class a frame
/// goes back to the allocator. Emptied when the thread ends.
struct frame_cache {
  static constexpr std::size_t grain = 64;
  static constexpr std::size_t classes = 16;
  static constexpr std::size_t class_bytes = 128 * 1024;

  struct block {
    block* next;
  };
  struct shelf {
    block* first = nullptr;
    std::size_t room = 0;  ///< How many more blocks fit; 0 until the thread's exit is prepared.
  };
  shelf shelves[classes];
};

extern constinit thread_local frame_cache this_thread_frames [[gnu::tls_model("initial-exec")]];

/// The first allocation of a class on a thread: prepares the cache's end, then asks the allocator.
[[nodiscard]] void* allocate_new_frame(std::size_t size);

[[nodiscard]] inline void* allocate_frame(std::size_t size) {
#if SMARTASYNC_RECYCLE_FRAMES
  const std::size_t index = (size - 1) / frame_cache::grain;
  if (index < frame_cache::classes) [[likely]] {
    frame_cache::shelf& shelf = this_thread_frames.shelves[index];
    if (frame_cache::block* found = shelf.first; found != nullptr) [[likely]] {
      shelf.first = found->next;
      ++shelf.room;
      return found;
    }
  }
#endif
  return allocate_new_frame(size);
}

inline void free_frame(void* frame, [[maybe_unused]] std::size_t size) noexcept {
#if SMARTASYNC_RECYCLE_FRAMES
  const std::size_t index = (size - 1) / frame_cache::grain;
  if (index < frame_cache::classes) [[likely]] {
    frame_cache::shelf& shelf = this_thread_frames.shelves[index];
    if (shelf.room != 0) [[likely]] {
      --shelf.room;
      shelf.first = ::new (frame) frame_cache::block{shelf.first};
      return;
    }
  }
#endif
  ::operator delete(frame);
}

}  // namespace smartasync::detail
