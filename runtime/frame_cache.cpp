// SPDX-License-Identifier: MIT
#include "smartasync/detail/frame_cache.hpp"

#include <pthread.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <span>
#include <utility>

#include "frame_slabs.hpp"

namespace smartasync::detail {

constinit thread_local frame_cache this_thread_frames;

namespace {

using block = frame_cache::block;

/// What ends the rows of the threads that cache, with the room of each class.
constinit std::array<block, frame_cache::classes> open_ends = []() noexcept {
  std::array<block, frame_cache::classes> ends{};
  for (std::size_t i = 0; i != ends.size(); ++i) {
    ends[i].room = frame_cache::class_bytes / ((i + 1) * frame_cache::grain);
  }
  return ends;
}();

/// So many frames come from the slabs, and go there, at once.
using batch = std::array<void*, 32>;

/// True once a frame was made that is not from the slabs: some translation unit does not recycle.
/// Relaxed: who frees such a frame has it from who has made it.
constinit std::atomic<bool> some_are_plain{false};

void give_back(std::span<void* const> frames) noexcept {
  if (!some_are_plain.load(std::memory_order_relaxed)) [[likely]]
    return all_frames.give(frames);
  for (void* const& frame : frames) {
    if (all_frames.owns(frame)) {
      all_frames.give(std::span(&frame, 1));
    } else {
      ::operator delete(frame);
    }
  }
}

/// Takes frames out of a row, as many as there are.
std::span<void*> take_from(block*& row, std::span<void*> frames) noexcept {
  std::size_t count = 0;
  while (count != frames.size() && row->next != nullptr) {
    frames[count++] = std::exchange(row, row->next);
  }
  return frames.first(count);
}

/// Lets the thread cache frames, and empties the cache when the thread ends; what is freed after
/// that goes to the slabs.
struct cache_end {
  cache_end() noexcept {
    static const int registered =
        pthread_atfork([] { all_frames.before_fork(); }, [] { all_frames.after_fork_in_parent(); },
                       [] { all_frames.after_fork_in_child(); });
    static_cast<void>(registered);
    frame_cache& frames = plain_address(this_thread_frames);
    for (std::size_t i = 0; i != open_ends.size(); ++i) frames.rows[i] = &open_ends[i];
  }
  ~cache_end() {
    for (block*& row : plain_address(this_thread_frames).rows) {
      block* rest = std::exchange(row, &frame_cache::closed);
      batch frames;
      while (rest->next != nullptr) give_back(take_from(rest, frames));
    }
    all_frames.trim(1);
  }
};

}  // namespace

void* allocate_plain_frame(std::size_t size) {
  some_are_plain.store(true, std::memory_order_relaxed);
  // Whole grains: a translation unit that recycles may do so with this frame.
  return ::operator new((size + frame_cache::grain - 1) / frame_cache::grain * frame_cache::grain);
}

void* allocate_new_frame(std::size_t size) {
  if (!recycle_frames || frame_cache::class_of(size) >= frame_cache::classes) {
    return ::operator new(size);
  }
  static thread_local cache_end end;
  const std::size_t size_class = frame_cache::class_of(size);
  block*& row = plain_address(this_thread_frames).rows[size_class];
  batch frames;
  const std::size_t wanted = row->room == 0 ? 1 : frames.size();
  const std::size_t count = all_frames.take(size_class, std::span(frames).first(wanted));
  for (std::size_t i = count; i-- > 1;) row = ::new (frames[i]) block{row, row->room - 1};
  return frames[0];
}

void free_old_frame(void* frame, std::size_t size) noexcept {
  if (!recycle_frames || frame_cache::class_of(size) >= frame_cache::classes) {
    return ::operator delete(frame);
  }
  batch frames{frame};
  block*& row = plain_address(this_thread_frames).rows[frame_cache::class_of(size)];
  const std::size_t others = take_from(row, std::span(frames).subspan(1)).size();
  give_back(std::span(frames).first(1 + others));
}

}  // namespace smartasync::detail
