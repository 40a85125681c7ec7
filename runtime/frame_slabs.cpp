// SPDX-License-Identifier: MIT
#include "frame_slabs.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <new>

namespace smartasync::detail {

constinit frame_slabs all_frames;

namespace {

/// Without it a module that is closed would leave its regions behind.
const struct last_spare {
  ~last_spare() { all_frames.trim(0); }
} at_exit;

}  // namespace

/// What the allocator gives: its slabs are the parts of it, but for the first, where their headers
/// are. These lie at another place in each region, or those of many would share the same few lines
/// of the processor's cache.
struct frame_slabs::region : linked<region> {
  static constexpr std::size_t slabs = region_bytes / slab_bytes - 1;

  explicit region(std::byte* begin) noexcept {
    for (slab& each : all) {
      begin += slab_bytes;
      each.frames = begin;
    }
  }

  /// That of a frame.
  [[nodiscard]] static region& of(const void* frame) noexcept {
    return *std::launder(static_cast<region*>(header_in(begin_of(frame))));
  }
  [[nodiscard]] static std::byte* begin_of(const void* frame) noexcept {
    return reinterpret_cast<std::byte*>(reinterpret_cast<std::uintptr_t>(frame) &
                                        ~(region_bytes - 1));
  }
  [[nodiscard]] static void* header_in(std::byte* begin) noexcept {
    constexpr std::size_t places = 16;
    constexpr std::size_t distance = (slab_bytes - sizeof(region)) / places / 64 * 64;
    return begin + reinterpret_cast<std::uintptr_t>(begin) / region_bytes % places * distance;
  }
  [[nodiscard]] std::byte* begin() const noexcept { return begin_of(this); }
  [[nodiscard]] slab& slab_of(const void* frame) noexcept {
    const auto distance = static_cast<std::size_t>(static_cast<const std::byte*>(frame) - begin());
    return all[distance / slab_bytes - 1];
  }

  std::size_t empty_count = slabs;
  std::array<slab, slabs> all;
};

frame_slabs::region* frame_slabs::make_region() {
  static_assert(sizeof(region) <= slab_bytes);
  auto* const begin =
      static_cast<std::byte*>(::operator new(region_bytes, std::align_val_t(region_bytes)));
  return ::new (region::header_in(begin)) region(begin);
}

void frame_slabs::add(region& made) noexcept {
  // Not the first, which may be all that the process needs: a huge page is resident as a whole. It
  // is a matter of speed alone whether there are any.
  if (region_count_ != 0) ::madvise(made.begin(), region_bytes, MADV_HUGEPAGE);
  regions_.push(made);
  for (auto each = made.all.rbegin(); each != made.all.rend(); ++each) empty_slabs_.push(*each);
  ++region_count_;
  ++spare_count_;
}

/// One with a free frame of the class; null where there is no room for any.
frame_slabs::slab* frame_slabs::find_slab(std::size_t size_class) noexcept {
  if (slab* const found = with_free_frames_[size_class].first()) return found;
  slab* const found = empty_slabs_.first();
  if (found == nullptr) return nullptr;
  empty_slabs_.erase(*found);
  region& around = region::of(found->frames);
  if (around.empty_count-- == region::slabs) --spare_count_;
  found->frame_bytes = static_cast<std::uint32_t>((size_class + 1) * frame_cache::grain);
  found->size = slab_bytes / found->frame_bytes;
  found->free = found->size;
  found->first_word = 0;
  std::fill_n(found->free_bits.begin(), found->size / 64, ~std::uint64_t{0});
  if (const unsigned rest = found->size % 64; rest != 0) {
    found->free_bits[found->size / 64] = (std::uint64_t{1} << rest) - 1;
  }
  with_free_frames_[size_class].push(*found);
  return found;
}

std::size_t frame_slabs::take(std::size_t size_class, std::span<void*> frames) {
  std::unique_lock lock(mutex_);
  slab* from = find_slab(size_class);
  if (from == nullptr) {
    lock.unlock();
    // It may run code of the program's: its operator new, its new-handler.
    region* const made = make_region();
    lock.lock();
    add(*made);
    from = find_slab(size_class);
  }
  // From one slab: what is taken together stays together.
  const std::size_t count = std::min<std::size_t>(frames.size(), from->free);
  for (void*& frame : frames.first(count)) {
    while (from->free_bits[from->first_word] == 0) ++from->first_word;
    std::uint64_t& word = from->free_bits[from->first_word];
    const auto index = from->first_word * 64 + static_cast<unsigned>(std::countr_zero(word));
    word &= word - 1;
    std::byte* const found = from->frames + std::size_t{index} * from->frame_bytes;
    // Where many were in use they have left the processor's cache: all are fetched at once.
    for (std::size_t line = 0; line < from->frame_bytes; line += 64) {
      __builtin_prefetch(found + line, 1);
    }
    frame = found;
  }
  from->free -= static_cast<std::uint32_t>(count);
  if (from->free == 0) with_free_frames_[size_class].erase(*from);
  return count;
}

void frame_slabs::put_back(void* frame) noexcept {
  region& around = region::of(frame);
  slab& from = around.slab_of(frame);
  link_list<slab>& siblings = with_free_frames_[from.frame_bytes / frame_cache::grain - 1];
  const auto index =
      static_cast<std::uint32_t>(static_cast<std::byte*>(frame) - from.frames) / from.frame_bytes;
  from.free_bits[index / 64] |= std::uint64_t{1} << index % 64;
  from.first_word = std::min(from.first_word, index / 64);
  if (from.free++ == 0) siblings.push(from);
  if (from.free != from.size) return;
  siblings.erase(from);
  empty_slabs_.push(from);
  if (++around.empty_count == region::slabs) ++spare_count_;
}

/// Takes out so many of the spare regions.
void frame_slabs::take_spare(std::size_t count, link_list<region>& taken) noexcept {
  spare_count_ -= count;
  region_count_ -= count;
  region* next = nullptr;
  for (region* each = regions_.first(); count != 0; each = next) {
    next = each->next;
    if (each->empty_count != region::slabs) continue;
    for (slab& empty : each->all) empty_slabs_.erase(empty);
    regions_.erase(*each);
    taken.push(*each);
    --count;
  }
}

/// Not under the lock: it may run code of the program's.
void frame_slabs::free_regions(link_list<region>& taken) noexcept {
  while (region* const each = taken.first()) {
    taken.erase(*each);
    ::operator delete(each->begin(), std::align_val_t(region_bytes));
  }
}

void frame_slabs::give(std::span<void* const> frames) noexcept {
  link_list<region> unused;
  {
    const std::lock_guard lock(mutex_);
    for (void* const frame : frames) put_back(frame);
    if (spare_count_ > most_spare) take_spare(spare_count_ - most_spare, unused);
  }
  free_regions(unused);
}

void frame_slabs::trim(std::size_t least) noexcept {
  link_list<region> unused;
  {
    const std::lock_guard lock(mutex_);
    if (region_count_ > least) take_spare(std::min(spare_count_, region_count_ - least), unused);
  }
  free_regions(unused);
}

bool frame_slabs::owns(const void* frame) noexcept {
  const std::lock_guard lock(mutex_);
  const region* each = regions_.first();
  while (each != nullptr && each->begin() != region::begin_of(frame)) each = each->next;
  return each != nullptr;
}

std::size_t frame_slabs::region_count() noexcept {
  const std::lock_guard lock(mutex_);
  return region_count_;
}

void frame_slabs::after_fork_in_child() noexcept { ::new (&mutex_) std::mutex; }

}  // namespace smartasync::detail
