// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

#include "smartasync/detail/call_place.hpp"
#include "smartasync/detail/call_watch.hpp"
#include "smartasync/detail/lane_key.hpp"
#include "smartasync/detail/operation_awaiter.hpp"
#include "smartasync/detail/run_root.hpp"
#include "smartasync/keep.hpp"
#include "smartasync/site.hpp"
#include "smartasync/task.hpp"
#include "smartasync/unawaited.hpp"

namespace smartasync {

namespace detail {

/// Where a pending call was made, 0 where that is not asked for. It goes with the call that moves,
/// and to the one who awaits it.
class noted_place {
 public:
  explicit noted_place(std::uint32_t place) noexcept : place_(place) {}
  noted_place(noted_place&& other) noexcept : place_(other.take()) {}
  noted_place& operator=(noted_place&&) = delete;

  [[nodiscard]] bool is_noted() const noexcept { return place_ != taken; }
  [[nodiscard]] std::uint32_t take() noexcept { return std::exchange(place_, taken); }

 private:
  static constexpr std::uint32_t taken = static_cast<std::uint32_t>(-1);
  std::uint32_t place_;
};

}  // namespace detail

/// operation is a pending call of an annotated function: what an entry with the tag `async`
/// returns. Nothing runs until it is awaited, once. It keeps the arguments by the policies that the
/// generator chose for them; what it may do follows from these (see `hold`): an owned one moves
/// anywhere and becomes a task, a scoped one moves, one in place is awaited where it stands.
///
/// Thread safety: none; an operation belongs to the one that made it.
template <class T, class Function>
class [[nodiscard]] operation {
  using arguments = typename Function::arguments;

 public:
  using smartasync_native = void;
  static constexpr hold held = arguments::held;

  template <class... Arguments>
  /// For entries: keeps the arguments, and never blocks.
  operation(async_t, Arguments&&... kept)
      : kept_(std::in_place, static_cast<Arguments&&>(kept)...),
        place_(detail::watched(Function::site) ? detail::note_call_place(Function::site.debug)
                                               : 0) {}

  /// Deleted where what it keeps is kept in place.
  operation(operation&& other) = default;
  operation& operator=(operation&&) = delete;

  /// Reports an operation that nobody has awaited, see set_unawaited_handler().
  ~operation() {
    if (place_.is_noted()) detail::report_unawaited(Function::site, place_.take());
  }

  auto operator co_await() noexcept {
    return detail::operation_awaiter<T, operation, Function>(*this);
  }

  /// Makes a lazy task of an operation that borrows nothing.
  task<T> to_task() &&
    requires(held == hold::owned)
  {
    return detail::as_task(std::move(*this));
  }

  /// Throws the blocking_call_error for this function.
  [[noreturn]] static void refuse_blocking() {
    detail::throw_blocking_call(Function::site.function);
  }

 private:
  template <class, class, class>
  friend class detail::operation_awaiter;

  /// Calls the author's function, once: what was moved in is moved on.
  decltype(auto) invoke() { return kept_.template invoke<Function>(); }

  const void* lane_key() noexcept {
    if constexpr (Function::site.serial && requires { typename Function::object; }) {
      auto&& object = kept_.first();  // an rvalue where the method is for rvalues
      return std::addressof(object);
    } else {
      return detail::lane_key<Function>();
    }
  }

  typename arguments::storage kept_;
  detail::noted_place place_;  ///< Where it was made; gone once it is awaited.
};

}  // namespace smartasync
