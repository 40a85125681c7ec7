// SPDX-License-Identifier: MIT
#include "smartasync/detail/timer_heap.hpp"

#include <algorithm>

namespace smartasync::detail {
namespace {

constexpr std::size_t arity = 4;

}  // namespace

void timer_heap::insert(timer& t, deadline when) {
  entries_.push_back({});
  sift_up(entries_.size() - 1, {when, &t});
}

void timer_heap::erase(timer& t) noexcept {
  const std::size_t at = t.index;
  t.index = timer::idle;
  const entry last = entries_.back();
  entries_.pop_back();
  if (at == entries_.size()) return;
  if (at != 0 && last.when < entries_[(at - 1) / arity].when) {
    sift_up(at, last);
  } else {
    sift_down(at, last);
  }
}

timer& timer_heap::pop() noexcept {
  timer& first = *entries_.front().what;
  erase(first);
  return first;
}

void timer_heap::place(std::size_t at, entry e) noexcept {
  entries_[at] = e;
  e.what->index = at;
}

void timer_heap::sift_up(std::size_t at, entry e) noexcept {
  while (at != 0) {
    const std::size_t parent = (at - 1) / arity;
    if (!(e.when < entries_[parent].when)) break;
    place(at, entries_[parent]);
    at = parent;
  }
  place(at, e);
}

void timer_heap::sift_down(std::size_t at, entry e) noexcept {
  for (;;) {
    const std::size_t begin = at * arity + 1;
    if (begin >= entries_.size()) break;
    const std::size_t end = std::min(begin + arity, entries_.size());
    std::size_t least = begin;
    for (std::size_t child = begin + 1; child < end; ++child) {
      if (entries_[child].when < entries_[least].when) least = child;
    }
    if (!(entries_[least].when < e.when)) break;
    place(at, entries_[least]);
    at = least;
  }
  place(at, e);
}

}  // namespace smartasync::detail
