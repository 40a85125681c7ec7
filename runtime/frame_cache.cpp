// SPDX-License-Identifier: MIT
#include "smartasync/detail/frame_cache.hpp"

namespace smartasync::detail {

constinit thread_local frame_cache this_thread_frames;

namespace {

constexpr std::size_t room_of(std::size_t index) noexcept {
  return frame_cache::class_bytes / ((index + 1) * frame_cache::grain);
}

/// Empties the cache when its thread ends; what is freed after that goes to the allocator.
struct cache_end {
  cache_end() noexcept {
    for (std::size_t i = 0; i != frame_cache::classes; ++i) {
      this_thread_frames.shelves[i].room = room_of(i);
    }
  }
  ~cache_end() {
    for (frame_cache::shelf& shelf : this_thread_frames.shelves) {
      shelf.room = 0;
      while (frame_cache::block* frame = shelf.first) {
        shelf.first = frame->next;
        ::operator delete(frame);
      }
    }
  }
};

}  // namespace

void* allocate_new_frame(std::size_t size) {
#if SMARTASYNC_RECYCLE_FRAMES
  static thread_local cache_end end;
#endif
  // Whole grains, whoever asks: a frame may be recycled by a translation unit that recycles though
  // the one that allocated it does not.
  return ::operator new((size + frame_cache::grain - 1) / frame_cache::grain * frame_cache::grain);
}

}  // namespace smartasync::detail
