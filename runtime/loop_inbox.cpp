// SPDX-License-Identifier: MIT
// How work comes to a loop from other threads, and how the loop sleeps until it does.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "futex.hpp"
#include "smartasync/event_loop.hpp"

namespace smartasync {
namespace {

// What the inbox holds while the loop sleeps, and once it has ended. Odd, so that no address of an
// item has the same low half, which is all that the futex compares.
void* const futex_mark = reinterpret_cast<void*>(std::uintptr_t{1});
void* const wait_mark = reinterpret_cast<void*>(std::uintptr_t{3});
void* const closed_mark = reinterpret_cast<void*>(std::uintptr_t{5});

bool is_mark(const void* word) noexcept { return word == futex_mark || word == wait_mark; }

// What tells the oldest item of a row from the newest of a stack.
constexpr std::uintptr_t row_tag = 2;

void* tagged_row(detail::work_item& oldest) noexcept {
  return reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(&oldest) | row_tag);
}
/// The oldest item of the row that the word names; null where it does not name one.
detail::work_item* row_in(const void* word) noexcept {
  const auto bits = reinterpret_cast<std::uintptr_t>(word);
  if ((bits & row_tag) == 0) return nullptr;
  return reinterpret_cast<detail::work_item*>(bits - row_tag);
}

detail::work_item& last_of(detail::work_item& row) noexcept {
  detail::work_item* last = &row;
  while (last->next != nullptr) last = last->next;
  return *last;
}

/// Has a row linked from the newest to the oldest; returns the newest.
detail::work_item& turned_around(detail::work_item& row) noexcept {
  detail::work_item* newest = nullptr;
  for (detail::work_item* item = &row; item != nullptr;) {
    newest = std::exchange(item, std::exchange(item->next, newest));
  }
  return *newest;
}

/// The half of the inbox that the kernel looks at.
const void* futex_word(const void* inbox) noexcept {
  constexpr std::size_t low = std::endian::native == std::endian::little ? 0 : sizeof(void*) - 4;
  return static_cast<const char*>(inbox) + low;
}

}  // namespace

/// Queues items that are linked from the newest to the oldest.
bool event_loop::post_stack(detail::work_item& newest, detail::work_item& oldest) noexcept {
  void* seen = inbox_.load(std::memory_order_relaxed);
  do {
    if (seen == closed_mark) [[unlikely]]
      return false;
    oldest.next = is_mark(seen) ? nullptr : static_cast<detail::work_item*>(seen);
    // Release: the loop's exchange acquires the item. Acquire: after the mark, wait_ is read.
  } while (!inbox_.compare_exchange_weak(seen, &newest, std::memory_order_acq_rel,
                                         std::memory_order_relaxed));
  wake(seen);
  return true;
}

bool event_loop::post_row(detail::work_item& oldest, detail::work_item& newest) noexcept {
  newest.next = nullptr;
  void* seen = inbox_.load(std::memory_order_relaxed);
  while (seen == nullptr || is_mark(seen)) {
    // As in post_stack().
    if (inbox_.compare_exchange_weak(seen, tagged_row(oldest), std::memory_order_acq_rel,
                                     std::memory_order_relaxed)) {
      wake(seen);
      return true;
    }
  }
  return post_stack(turned_around(oldest), oldest);
}

/// Calls the loop, where it was found asleep.
void event_loop::wake(const void* seen) noexcept {
  if (seen == futex_mark) {
    // The loop may be gone by now: only its address is used.
    detail::futex_wake_one(futex_word(&inbox_));
  } else if (seen == wait_mark) {
    // The loop collects this wake before it ends, see wakes_owed_.
    wait_->wake();
  }
}

bool event_loop::closed() const noexcept {
  return inbox_.load(std::memory_order_relaxed) == closed_mark;
}

bool event_loop::close_inbox() noexcept {
  void* empty = nullptr;
  // Acquire: pairs with the release of posts.
  return inbox_.compare_exchange_strong(empty, closed_mark, std::memory_order_acquire);
}

void event_loop::drain_inbox() noexcept {
  // Acquire: pairs with the release of posts.
  take_inbox(inbox_.exchange(nullptr, std::memory_order_acquire));
}

void event_loop::take_inbox(void* word) noexcept {
  detail::work_item* row = row_in(word);
  if (row != nullptr && !has_ready()) {
    turn_ = row;  // As it is: where many were posted, they are not in the processor's cache.
    return;
  }
  // A stack has the newest on top: turn it around, down to the row that came before it.
  detail::work_item* oldest = nullptr;
  for (auto* item = static_cast<detail::work_item*>(word); item != nullptr && row == nullptr;) {
    oldest = std::exchange(item, std::exchange(item->next, oldest));
    row = row_in(item);
  }
  if (row != nullptr) ready_.append(*row, last_of(*row));
  if (oldest != nullptr) ready_.append(*oldest, *static_cast<detail::work_item*>(word));
}

void event_loop::sleep() noexcept {
  const detail::deadline until = timers_.empty() ? detail::deadline::max() : timers_.earliest();
  // Nobody looks at descriptors meanwhile: where there may be any it is to be short.
  const bool may_last = answer_is_near_ && wait_ == nullptr;
  if (spin_.wait([this] { return inbox_.load(std::memory_order_relaxed) != nullptr; },
                 may_last ? until : detail::deadline::min())) {
    return drain_inbox();
  }
  void* const mark = wait_ == nullptr ? futex_mark : wait_mark;
  void* seen = nullptr;
  // No wake is lost, because all is one word, and each change of it one atomic step. Where a post
  // comes before this one, the inbox is not empty and the loop does not sleep. Where it comes
  // after, the poster finds the mark; the one that takes it away, and no other, wakes the loop.
  // Between the mark and the sleep the kernel compares the word again; the descriptor of a
  // loop_wait remembers. Each of these steps is taken out in turn by test/reliability/mutants.
  // Release: who finds the mark reads wait_.
  if (!inbox_.compare_exchange_strong(seen, mark, std::memory_order_release,
                                      std::memory_order_relaxed)) {
    return;
  }
  std::size_t wakes = 0;
  spin_.begin_sleep();
  if (wait_ == nullptr) {
    detail::futex_wait(futex_word(&inbox_),
                       static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(mark)), until);
  } else {
    wakes = wait_for_descriptors(until);
  }
  void* const found = inbox_.exchange(nullptr, std::memory_order_acquire);
  if (found != mark) {
    spin_.end_sleep();
    take_inbox(found);
    // Whoever replaced the mark calls wake(), or has called it; a late futex wake harms nobody.
    if (wait_ != nullptr) ++wakes_owed_;
  }
  wakes_owed_ -= wakes;
}

}  // namespace smartasync
