// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <new>
#include <utility>

#include "smartasync/detail/call_place.hpp"
#include "smartasync/detail/call_watch.hpp"
#include "smartasync/site.hpp"
#include "smartasync/unawaited.hpp"

namespace smartasync::detail {

/// Reports a pending call that nobody has awaited, see set_unawaited_handler(), and knows where it
/// was made, where that is asked for. It goes with the call that moves.
class unawaited_mark {
 public:
  explicit unawaited_mark(const site& of) noexcept
      : of_(&of), place_(watched(of) ? note_call_place(of.debug) : 0) {}
  unawaited_mark(unawaited_mark&& other) noexcept : of_(other.of_), place_(other.take()) {}
  unawaited_mark& operator=(unawaited_mark&&) = delete;
  ~unawaited_mark() {
    if (place_ != taken) report_unawaited(*of_, place_);
  }

  [[nodiscard]] const site& of() const noexcept { return *of_; }
  /// For who awaits it: where it was made, or 0.
  std::uint32_t take() noexcept { return std::exchange(place_, taken); }

 private:
  static constexpr std::uint32_t taken = static_cast<std::uint32_t>(-1);
  const site* of_;
  std::uint32_t place_;
};

/// What a pending call keeps. It depends on the arguments alone, not on the function: compilers
/// make it once for a signature.
template <class Storage>
struct pending {
  Storage kept;
  unawaited_mark mark;
};

/// Makes it where `place` is to be: keeps the arguments of a call of `of`.
template <class Storage, class... Arguments>
[[gnu::always_inline]] inline void make_pending(pending<Storage>& place, const site& of,
                                                Arguments&&... arguments) {
  ::new (static_cast<void*>(&place)) pending<Storage>{
      Storage(std::in_place, static_cast<Arguments&&>(arguments)...), unawaited_mark(of)};
}

}  // namespace smartasync::detail
