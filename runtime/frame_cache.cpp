// SPDX-License-Identifier: MIT
#include "smartasync/detail/frame_cache.hpp"

#include <utility>

namespace smartasync::detail {

constinit thread_local frame_cache this_thread_frames;

namespace {

constinit frame_cache::block open_end{nullptr, 0};

/// Lets the thread cache frames, and empties the cache when the thread ends; what is freed after
/// that goes to the allocator.
struct cache_end {
  cache_end() noexcept {
    for (frame_cache::block*& row : plain_address(this_thread_frames).rows) row = &open_end;
  }
  ~cache_end() {
    for (frame_cache::block*& row : plain_address(this_thread_frames).rows) {
      frame_cache::block* frame = std::exchange(row, &frame_cache::closed);
      while (frame->next != nullptr) ::operator delete(std::exchange(frame, frame->next));
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
