// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <stop_token>

#include "smartasync/detail/thread_state.hpp"

namespace smartasync::detail {

class blocked_waiter;

/// Something in a scope that can be cancelled: a suspended awaiter, a child scope.
struct cancel_node {
  using function = void(cancel_node*) noexcept;

  constexpr explicit cancel_node(function* f) noexcept : on_cancel(f) {}
  cancel_node(const cancel_node&) = delete;
  cancel_node& operator=(const cancel_node&) = delete;

  [[nodiscard]] bool linked() const noexcept { return link != nullptr; }
  /// Takes the node out of its scope; does nothing when it is in none.
  void unlink() noexcept {
    if (link == nullptr) return;
    *link = next;
    if (next != nullptr) next->link = link;
    link = nullptr;
  }

  cancel_node* next = nullptr;
  cancel_node** link = nullptr;  ///< The pointer that points here.
  function*
      on_cancel;  ///< Called once, on the home loop's thread; already unlinked, but for scopes.
};

/// One object for each chain of awaits: its home loop, its cancellation, its context variables.
/// A plain `co_await` of a task stays in the scope of its parent and costs nothing; the loop, a
/// worker, `run` and the combinators are all that switch `state_here().current`.
///
/// Thread safety: touched by the home loop's thread alone, or by the one thread that works for the
/// chain while the chain waits for it. Excepted are `cancelled()` and `token()`, which both may
/// call at once, and the links to parents, which are constant, but for `cut_off()`.
class scope : private cancel_node {
 public:
  /// A root: shares the variables in `*values`, which outlive it, so that changes flow both ways.
  /// `parent`, where there is one, outlives it; `attach()` joins its cancellation.
  scope(event_loop* home, context_node** values, scope* parent = nullptr,
        blocked_waiter* waiter = nullptr) noexcept
      : cancel_node(&scope::cancel_member),
        home_(home),
        parent_(parent),
        values_(values),
        waiter_(waiter) {}

  /// A child of `parent` with a copy of its variables, already joined to its cancellation.
  explicit scope(scope& parent) noexcept;

  /// A detached scope: starts with a copy of `*values` (null: with none). `parent`, where there is
  /// one, outlives it and waits for it, and no more: its cancellation is not shared.
  struct detached_t {};
  scope(detached_t, event_loop* home, context_node* values, scope* parent = nullptr) noexcept;

  ~scope() {
    if (linked() || own_values_ != nullptr || source_.load(std::memory_order_relaxed) != nullptr) {
      release();
    }
  }

  scope(const scope&) = delete;
  scope& operator=(const scope&) = delete;

  /// Null for a thread's own, in which no coroutine runs and which nobody cancels.
  [[nodiscard]] event_loop* home() const noexcept { return home_; }
  [[nodiscard]] scope* parent() const noexcept { return parent_; }
  /// The thread that blocks in a nested run until this scope's work is done; mostly null.
  [[nodiscard]] blocked_waiter* waiter() const noexcept { return waiter_; }
  /// Nobody waits for what is under it any more: it has neither parent nor waiter from now on. For
  /// one without a home, while all stands still, see `standstill::everything`.
  void cut_off() noexcept {
    parent_ = nullptr;
    waiter_ = nullptr;
  }
  /// True when `other` is this scope or one that was started by it.
  [[nodiscard]] bool encloses(const scope* other) const noexcept;

  /// True once `cancel()` was called here or on a parent. An awaiter that is about to suspend
  /// throws `cancelled_error` instead.
  [[nodiscard]] bool cancelled() const noexcept {
    return (marks_.load(std::memory_order_relaxed) & cancelled_mark) != 0;
  }

  /// Asks everything in the scope to stop: the token, each suspended awaiter, each child scope.
  /// Home loop's thread only; a second call does nothing.
  void cancel() noexcept;

  /// Adds what can be cancelled. Requires `!cancelled()`.
  void add(cancel_node& node) noexcept { put_first(first_, node); }

  /// Joins the cancellation of `to`: cancelled at once when that is. Home loop's thread only.
  void attach(scope& to) noexcept;
  /// Leaves the cancellation it joined. Home loop's thread only.
  void detach() noexcept { unlink(); }
  /// Has those brought into the processor's cache that it is linked with where it is joined.
  void fetch_neighbours() const noexcept {
    __builtin_prefetch(next);
    __builtin_prefetch(static_cast<const void*>(link));
  }
  /// True when it must be `renewed()` before it can serve again.
  [[nodiscard]] bool used() const noexcept { return marks_.load(std::memory_order_relaxed) != 0; }
  /// Makes a root that nothing is in as good as new.
  void renew() noexcept;
  /// True when a child scope or a suspended awaiter is in it.
  [[nodiscard]] bool has_members() const noexcept { return first_ != nullptr; }

  /// The token that `cancel()` stops; made when first asked for. Throws `std::bad_alloc`.
  [[nodiscard]] std::stop_token token();

  /// How many serial lanes this scope itself is inside of. Any thread may look.
  std::atomic<unsigned> lanes{0};
  /// In how many ways what hangs under this scope may end: one, but for a combinator whose operands
  /// or whose deadline end the others. Set before anything hangs under it.
  unsigned ways_to_end = 1;

  /// The place where the chain's variables are.
  [[nodiscard]] context_node*& values() noexcept { return *values_; }

 private:
  static void put_first(cancel_node*& first, cancel_node& node) noexcept {
    node.next = first;
    node.link = &first;
    if (first != nullptr) first->link = &node.next;
    first = &node;
  }
  static void cancel_member(cancel_node* node) noexcept;
  void release() noexcept;

  // What has been done to it: a bit each.
  static constexpr unsigned char cancelled_mark = 1;
  static constexpr unsigned char source_mark = 2;

  // All that an awaiter that suspends needs, in one line of memory where that can be.
  cancel_node* first_ = nullptr;
  std::atomic<unsigned char> marks_{0};
  event_loop* home_;
  scope* parent_;
  std::atomic<std::stop_source*> source_{nullptr};
  context_node** values_;
  context_node* own_values_ = nullptr;
  blocked_waiter* waiter_ = nullptr;
};

/// The scope of an awaiter that is about to suspend: null in a coroutine that runs on no loop.
[[nodiscard]] inline scope* awaiting_scope() noexcept {
  const thread_state& t = state_here();
  return t.loop != nullptr ? t.current : nullptr;
}

}  // namespace smartasync::detail
