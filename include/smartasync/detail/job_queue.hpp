// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "smartasync/detail/blocked_call.hpp"
#include "smartasync/detail/job.hpp"

namespace smartasync::detail {

/// First in, first out, and any job can be taken out. No thread safety of its own.
class job_queue {
 public:
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  void push(job& j) noexcept {
    j.before = last_;
    j.next = nullptr;
    (last_ != nullptr ? last_->next : first_link()) = &j;
    last_ = &j;
    j.queued = true;
    ++size_;
  }

  /// As the oldest.
  void push_front(job& j) noexcept {
    j.before = nullptr;
    j.next = first_;
    (first_ != nullptr ? front()->before : last_) = &j;
    first_ = &j;
    j.queued = true;
    ++size_;
  }

  /// Adds the jobs of a stack behind its own, turned around: they are linked from the newest to the
  /// oldest. Touches each once.
  void append_stack(work_item& newest) noexcept {
    job_queue row;
    for (work_item* item = &newest; item != nullptr;) {
      auto& j = static_cast<job&>(*item);
      item = j.next;
      row.push_front(j);
    }
    row.front()->before = last_;
    (last_ != nullptr ? last_->next : first_link()) = row.first_;
    last_ = row.last_;
    size_ += row.size_;
  }

  /// The oldest job, null when empty; those after it by `next`.
  [[nodiscard]] job* front() const noexcept { return static_cast<job*>(first_); }

  /// Requires that the job is in this queue.
  void erase(job& j) noexcept {
    work_item*& link = j.before != nullptr ? j.before->next : first_link();
    link = j.next;
    if (j.next != nullptr) {
      static_cast<job*>(j.next)->before = j.before;
    } else {
      last_ = j.before;
    }
    j.before = nullptr;
    j.queued = false;
    --size_;
  }

  /// The oldest job, null when empty.
  job* pop() noexcept {
    auto* found = static_cast<job*>(first_);
    if (found != nullptr) erase(*found);
    return found;
  }

  /// The oldest job of the chain that `waiter` waits for, null when there is none.
  job* pop_for(const blocked_call& waiter) noexcept {
    for (work_item* item = first_; item != nullptr; item = item->next) {
      auto* found = static_cast<job*>(item);
      if (!waiter.helps_with(found->chain)) continue;
      erase(*found);
      return found;
    }
    return nullptr;
  }

 private:
  [[nodiscard]] work_item*& first_link() noexcept { return first_; }

  work_item* first_ = nullptr;
  job* last_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace smartasync::detail
