// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "smartasync/detail/operation_awaiter.hpp"
#include "smartasync/detail/pending.hpp"
#include "smartasync/keep.hpp"
#include "smartasync/site.hpp"
#include "smartasync/task.hpp"

namespace smartasync {

/// operation is a pending call of an annotated function: what an entry with the tag `async`
/// returns. Nothing runs until it is awaited, once. It keeps the arguments by the policies that the
/// generator chose for them; what it may do follows from these (see `hold`): an owned one moves
/// anywhere and becomes a task, a scoped one moves, one in place is awaited where it stands. One
/// that nobody has awaited is reported, see set_unawaited_handler().
///
/// Thread safety: none; an operation belongs to the one that made it.
template <class T, class Function>
class [[nodiscard]] operation {
  using arguments = typename Function::arguments;
  using kept_call = detail::pending<typename arguments::storage>;

 public:
  using smartasync_native = void;
  static constexpr hold held = arguments::held;

  /// For entries: keeps the arguments, and never blocks.
  template <class... Arguments>
  operation(async_t, Arguments&&... kept)
      : pending_(Function::site, static_cast<Arguments&&>(kept)...) {}

  /// Deleted where what it keeps is kept in place.
  operation(operation&& other) = default;
  operation& operator=(operation&&) = delete;
  /// Reports one that nobody has awaited.
  ~operation() { pending_.mark().report_unless_taken(Function::site); }

  auto operator co_await() noexcept {
    return detail::operation_awaiter<T, Function, kept_call>(pending_);
  }

  /// Makes a lazy task of an operation that borrows nothing.
  task<T> to_task() &&
    requires(held == hold::owned)
  {
    return detail::as_task(std::move(*this));
  }

 private:
  kept_call pending_;
};

}  // namespace smartasync
