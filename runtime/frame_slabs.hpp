// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>

#include "smartasync/detail/frame_cache.hpp"

namespace smartasync::detail {

/// The first of a list that its members are linked in.
template <class T>
struct linked {
  T* next = nullptr;
  T* before = nullptr;

 private:
  linked() = default;
  friend T;
};
template <class T>
class link_list {
 public:
  [[nodiscard]] T* first() const noexcept { return first_; }
  void push(T& member) noexcept {
    member.next = first_;
    member.before = nullptr;
    if (first_ != nullptr) first_->before = &member;
    first_ = &member;
  }
  void erase(T& member) noexcept {
    (member.before != nullptr ? member.before->next : first_) = member.next;
    if (member.next != nullptr) member.next->before = member.before;
  }

 private:
  T* first_ = nullptr;
};

/// Where the frames of all threads come from that no thread's cache holds: slabs of frames of one
/// size, cut out of regions that the allocator gives. The frames are told apart by the bits of a
/// word of their slab's: nothing is written to a frame that is free. Frames that are freed in any
/// order, as those of sleepers are in the order of their deadlines, come out again in the order of
/// their addresses, which is what the processor fetches ahead; the allocator, which looks at the
/// neighbours of what is freed and keeps what it has found in lists, took a third of the time of
/// 100,000 timers.
///
/// Bounded: a region without a frame in use goes back to the allocator, but for a few, and those
/// when a thread ends.
///
/// Thread safety: all of it, from any thread; a lock for each call, so threads come for many frames
/// at once. It is never destroyed.
class frame_slabs {
 public:
  constexpr frame_slabs() noexcept = default;
  frame_slabs(const frame_slabs&) = delete;
  frame_slabs& operator=(const frame_slabs&) = delete;

  /// Fills `frames` from the front, and says how many it gave: one at least. Throws
  /// `std::bad_alloc`.
  std::size_t take(std::size_t size_class, std::span<void*> frames);
  /// Takes them back.
  void give(std::span<void* const> frames) noexcept;
  /// True for a frame that came from here. Slow.
  [[nodiscard]] bool owns(const void* frame) noexcept;
  /// Gives regions without a frame in use back to the allocator while it has more than `least`.
  void trim(std::size_t least) noexcept;

  /// Around a fork, in whose child no thread is in the middle of a change.
  void before_fork() noexcept { mutex_.lock(); }
  void after_fork_in_parent() noexcept { mutex_.unlock(); }
  void after_fork_in_child() noexcept;

  static constexpr std::size_t region_bytes = std::size_t{2} * 1024 * 1024;
  static constexpr std::size_t slab_bytes = std::size_t{32} * 1024;
  /// So many regions may be without a frame in use.
  static constexpr std::size_t most_spare = 8;

  /// Regions that it has of the allocator now.
  [[nodiscard]] std::size_t region_count() noexcept;

 private:
  /// The frames of one size class, in the list of its class while one of them is free; or empty.
  struct alignas(64) slab : linked<slab> {
    std::byte* frames;
    std::uint32_t frame_bytes;
    std::uint32_t size;        ///< How many frames it has.
    std::uint32_t free;        ///< How many of them are free.
    std::uint32_t first_word;  ///< All bits of the words before this one are 0.
    std::array<std::uint64_t, slab_bytes / frame_cache::grain / 64> free_bits;
  };
  struct region;

  [[nodiscard]] static region* make_region();
  void add(region& made) noexcept;
  [[nodiscard]] slab* find_slab(std::size_t size_class) noexcept;
  void put_back(void* frame) noexcept;
  void take_spare(std::size_t count, link_list<region>& taken) noexcept;
  static void free_regions(link_list<region>& taken) noexcept;

  std::mutex mutex_;
  // All below are guarded by mutex_.
  std::array<link_list<slab>, frame_cache::classes> with_free_frames_{};
  link_list<slab> empty_slabs_;
  link_list<region> regions_;
  std::size_t region_count_ = 0;
  std::size_t spare_count_ = 0;
};

/// The one of this process.
extern constinit frame_slabs all_frames;

}  // namespace smartasync::detail
