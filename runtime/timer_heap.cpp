// SPDX-License-Identifier: MIT
#include "smartasync/detail/timer_heap.hpp"

#include <algorithm>

namespace smartasync::detail {
namespace {

constexpr std::size_t arity = 4;

}  // namespace

void timer_heap::insert(timer& t, deadline when) {
  if (free_ == timer::idle) {
    slots_.push_back({.next_free = timer::idle});
    free_ = static_cast<std::uint32_t>(slots_.size() - 1);
  }
  entries_.push_back({});
  t.slot = free_;
  slot& mine = slots_[free_];
  free_ = static_cast<std::uint32_t>(mine.next_free);
  mine.what = &t;
  sift_up(entries_.size() - 1, {when, t.slot});
}

void timer_heap::erase(timer& t) noexcept {
  slots_[t.slot].what = nullptr;
  t.slot = timer::idle;
  ++left_behind_;
  if (left_behind_ > entries_.size() / 2) {
    drop_what_is_left_behind();
  } else {
    while (slots_[entries_.front().slot].what == nullptr) {
      drop_first();
      --left_behind_;
    }
  }
}

timer& timer_heap::pop() noexcept {
  timer& first = *slots_[entries_.front().slot].what;
  drop_first();
  while (!entries_.empty() && slots_[entries_.front().slot].what == nullptr) {
    drop_first();
    --left_behind_;
  }
  return first;
}

/// The first entry goes, and its slot is free.
void timer_heap::drop_first() noexcept {
  const std::uint32_t freed = entries_.front().slot;
  slots_[freed].next_free = free_;
  free_ = freed;
  const entry last = entries_.back();
  entries_.pop_back();
  if (!entries_.empty()) sift_down(0, last);
}

void timer_heap::drop_what_is_left_behind() noexcept {
  std::erase_if(entries_, [this](const entry& e) {
    if (slots_[e.slot].what != nullptr) return false;
    slots_[e.slot].next_free = free_;
    free_ = e.slot;
    return true;
  });
  left_behind_ = 0;
  for (std::size_t at = entries_.size() / arity + 1; at-- != 0;) {
    if (at < entries_.size()) sift_down(at, entries_[at]);
  }
}

void timer_heap::sift_up(std::size_t at, entry e) noexcept {
  while (at != 0) {
    const std::size_t parent = (at - 1) / arity;
    if (!(e.when < entries_[parent].when)) break;
    entries_[at] = entries_[parent];
    at = parent;
  }
  entries_[at] = e;
}

void timer_heap::sift_down(std::size_t at, entry e) noexcept {
  entry* const entries = entries_.data();
  const std::size_t size = entries_.size();
  for (;;) {
    const std::size_t begin = at * arity + 1;
    if (begin >= size) break;
    const std::size_t end = std::min(begin + arity, size);
    std::size_t least = begin;
    for (std::size_t child = begin + 1; child < end; ++child) {
      if (entries[child].when < entries[least].when) least = child;
    }
    if (!(entries[least].when < e.when)) break;
    entries[at] = entries[least];
    at = least;
  }
  entries[at] = e;
}

}  // namespace smartasync::detail
