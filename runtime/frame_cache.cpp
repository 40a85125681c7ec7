// SPDX-License-Identifier: MIT
#include "smartasync/detail/frame_cache.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace smartasync::detail {

constinit thread_local frame_cache this_thread_frames;

namespace {

/// What ends the rows of the threads that cache, with the room of each class.
constinit std::array<frame_cache::block, frame_cache::classes> open_ends = []() noexcept {
  std::array<frame_cache::block, frame_cache::classes> ends{};
  for (std::size_t i = 0; i != ends.size(); ++i) {
    ends[i].room = frame_cache::class_bytes / ((i + 1) * frame_cache::grain);
  }
  return ends;
}();

/// Lets the thread cache frames, and empties the cache when the thread ends; what is freed after
/// that goes to the allocator.
struct cache_end {
  cache_end() noexcept {
    frame_cache& frames = plain_address(this_thread_frames);
    for (std::size_t i = 0; i != open_ends.size(); ++i) frames.rows[i] = &open_ends[i];
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
