// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>

namespace smartasync::detail {

class scope;

/// The intrusive node of every queue: a coroutine that goes on in its scope, or a function. Whoever
/// queues it keeps it alive until it is executed, and touches it no more after that: it may end its
/// own life.
struct work_item {
  using function = void(work_item*) noexcept;

  constexpr explicit work_item(function* f) noexcept : next(nullptr), execute(f) {}

  work_item* next;
  std::coroutine_handle<> handle;  ///< Null: a function.
  union {
    function* execute;
    scope* chain;  ///< Of the coroutine; null where it is in none.
  };

 protected:
  /// Something that is yet to be said. It is queued, which writes `next`, after that only.
  struct unsaid_t {};
  constexpr explicit work_item(unsaid_t) noexcept {}
};

/// First in, first out; no thread safety of its own.
class work_queue {
 public:
  work_queue() noexcept = default;
  work_queue(const work_queue&) = delete;
  work_queue& operator=(const work_queue&) = delete;

  [[nodiscard]] bool empty() const noexcept { return end_ == &first_; }

  void push(work_item& item) noexcept { append(item, item); }

  /// Adds a row of items, each but the last with the next in its `next`.
  void append(work_item& first, work_item& last) noexcept {
    *end_ = &first;
    end_ = &last.next;
  }

  /// True where there is one item and no more.
  [[nodiscard]] bool has_one() const noexcept {
    // Where it is, there its `next` is.
    return static_cast<const void*>(end_) == first_;
  }
  /// Takes the item, whose `next` says nothing. Requires that there is one and no more.
  [[nodiscard]] work_item* take_one() noexcept {
    end_ = &first_;
    return first_;
  }

  /// Empties the queue: the oldest item, those after it by `next`; null when there is none.
  [[nodiscard]] work_item* take_all() noexcept {
    *end_ = nullptr;
    end_ = &first_;
    return first_;
  }

 private:
  work_item* first_ = nullptr;  ///< Holds nothing of meaning while the queue is empty.
  /// Where the next item's address goes, or the null behind the newest, which is written where the
  /// queue is emptied and not with each push: no case apart for the first.
  work_item** end_ = &first_;
};

}  // namespace smartasync::detail
