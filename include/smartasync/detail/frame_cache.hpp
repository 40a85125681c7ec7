// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <new>

#include "smartasync/detail/thread_state.hpp"
#include "smartasync/detail/tls_model.hpp"

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

inline constexpr bool recycle_frames = SMARTASYNC_RECYCLE_FRAMES != 0;

/// Coroutine frames of this thread that wait for their next use, by size class. A frame that is
/// freed on another thread joins that thread's cache. Bounded: past `class_bytes` in a class frames
/// go back to where they come from, see runtime/frame_slabs.hpp. Emptied when the thread ends.
struct frame_cache {
  static constexpr std::size_t grain = 16;
  static constexpr std::size_t classes = 64;
  static constexpr std::size_t class_bytes = std::size_t{128} * 1024;
  [[nodiscard]] static constexpr std::size_t class_of(std::size_t size) noexcept {
    return (size - 1) / grain;
  }

  /// A cached frame; every row of them ends with a block of no frame, whose `next` is null.
  struct block {
    block* next;
    std::size_t room;  ///< How many frames the row has room for in front of this one.
  };
  /// Ends the rows of a thread whose exit is not prepared for, so that nothing is cached there.
  static block closed;

  block* rows[classes] = {&closed, &closed, &closed, &closed, &closed, &closed, &closed, &closed,
                          &closed, &closed, &closed, &closed, &closed, &closed, &closed, &closed,
                          &closed, &closed, &closed, &closed, &closed, &closed, &closed, &closed,
                          &closed, &closed, &closed, &closed, &closed, &closed, &closed, &closed,
                          &closed, &closed, &closed, &closed, &closed, &closed, &closed, &closed,
                          &closed, &closed, &closed, &closed, &closed, &closed, &closed, &closed,
                          &closed, &closed, &closed, &closed, &closed, &closed, &closed, &closed,
                          &closed, &closed, &closed, &closed, &closed, &closed, &closed, &closed};
};

inline constinit frame_cache::block frame_cache::closed{nullptr, 0};

extern constinit thread_local frame_cache this_thread_frames SMARTASYNC_THREAD_LOCAL_MODEL;

/// The allocation when a row is empty: prepares the thread's exit, then asks for some more frames.
[[nodiscard]] void* allocate_new_frame(std::size_t size);
/// The way back when a row is full.
void free_old_frame(void* frame, std::size_t size) noexcept;
/// A frame that is an allocation of its own, for a translation unit that does not recycle.
[[nodiscard]] void* allocate_plain_frame(std::size_t size);

// Both name the variable itself, not a reference to it: one instruction less for its address, and
// nothing that a null check could be made of, see plain_address().

[[nodiscard]] inline void* allocate_frame(std::size_t size) {
  if constexpr (!recycle_frames) return allocate_plain_frame(size);
  const std::size_t index = frame_cache::class_of(size);
  if (index < frame_cache::classes) [[likely]] {
    frame_cache::block* const found = this_thread_frames.rows[index];
    if (frame_cache::block* const rest = found->next) [[likely]] {
      this_thread_frames.rows[index] = rest;
      return found;
    }
  }
  return allocate_new_frame(size);
}

inline void free_frame(void* frame, std::size_t size) noexcept {
  if constexpr (!recycle_frames) return free_old_frame(frame, size);
  const std::size_t index = frame_cache::class_of(size);
  if (index < frame_cache::classes) [[likely]] {
    frame_cache::block* const row = this_thread_frames.rows[index];
    if (row->room != 0) [[likely]] {
      this_thread_frames.rows[index] = ::new (frame) frame_cache::block{row, row->room - 1};
      return;
    }
  }
  free_old_frame(frame, size);
}

}  // namespace smartasync::detail
