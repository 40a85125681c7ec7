// SPDX-License-Identifier: MIT
#pragma once

namespace smartasync::detail {

/// The intrusive node of every queue. Whoever queues it keeps it alive until `execute` is called,
/// and touches it no more after that: `execute` may end its life.
struct work_item {
  using function = void(work_item*) noexcept;

  constexpr explicit work_item(function* f) noexcept : execute(f) {}

  work_item* next = nullptr;
  function* execute;
};

/// First in, first out; no thread safety of its own.
class work_queue {
 public:
  [[nodiscard]] bool empty() const noexcept { return head_ == nullptr; }
  /// The item that will come out next. Requires `!empty()`.
  [[nodiscard]] const work_item* front() const noexcept { return head_; }
  /// The item that will come out last. Requires `!empty()`.
  [[nodiscard]] const work_item* back() const noexcept { return tail_; }

  void push(work_item& item) noexcept { append(item, item); }

  /// Adds a row of items, each with the next in its `next`.
  void append(work_item& first, work_item& last) noexcept {
    last.next = nullptr;
    (head_ == nullptr ? head_ : tail_->next) = &first;
    tail_ = &last;
  }

  /// Requires `!empty()`.
  work_item& pop() noexcept {
    work_item& item = *head_;
    head_ = item.next;
    return item;
  }

 private:
  work_item* head_ = nullptr;
  work_item* tail_ = nullptr;  ///< Means nothing while the queue is empty.
};

}  // namespace smartasync::detail
