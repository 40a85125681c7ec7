// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <utility>

#include "smartasync/detail/call_place.hpp"
#include "smartasync/detail/call_watch.hpp"
#include "smartasync/site.hpp"
#include "smartasync/unawaited.hpp"

namespace smartasync::detail {

/// Whether a call is pending, and then reports it when nobody has awaited it, see
/// set_unawaited_handler(), and knows where it was made, where that is asked for. It goes with the
/// call that moves.
class unawaited_mark {
 public:
  /// The place of what is not pending.
  static constexpr std::uint32_t ready = static_cast<std::uint32_t>(-2);

  /// Of a call of `of`; `place`: what place_of() gave, where it is pending, or `ready`. Two steps,
  /// so that the arguments are kept between them: a compiler does not know what the first has
  /// changed where it calls.
  unawaited_mark(const site& of, std::uint32_t place) noexcept : of_(&of), place_(place) {}
  unawaited_mark(unawaited_mark&& other) noexcept : of_(other.of_), place_(other.place_) {
    if (!is_ready()) other.place_ = taken;
  }
  unawaited_mark& operator=(unawaited_mark&&) = delete;
  ~unawaited_mark() {
    if (place_ < ready) [[unlikely]]
      report_unawaited(*of_, place_);
  }

  /// Where a call of `of` is made, 0 where nobody asks.
  [[nodiscard]] static std::uint32_t place_of(const site& of) noexcept {
    return watched(of) ? note_call_place(of.debug) : 0;
  }

  [[nodiscard]] bool is_ready() const noexcept { return place_ == ready; }
  [[nodiscard]] const site& of() const noexcept { return *of_; }
  /// For who awaits what is not ready: where it was made, or 0.
  std::uint32_t take() noexcept { return std::exchange(place_, taken); }

 private:
  static constexpr std::uint32_t taken = ready + 1;

  const site* of_;
  std::uint32_t place_;
};

/// What an operation keeps. It depends on the arguments alone, not on the function: compilers make
/// it once for a signature.
template <class Storage>
class pending {
 public:
  template <class... Arguments>
  explicit pending(const site& of, Arguments&&... arguments)
      : pending(unawaited_mark::place_of(of), of, static_cast<Arguments&&>(arguments)...) {}

  [[nodiscard]] Storage& kept() noexcept { return kept_; }
  [[nodiscard]] unawaited_mark& mark() noexcept { return mark_; }

 private:
  template <class... Arguments>
  pending(std::uint32_t place, const site& of, Arguments&&... arguments)
      : kept_(std::in_place, static_cast<Arguments&&>(arguments)...), mark_(of, place) {}

  Storage kept_;
  unawaited_mark mark_;
};

}  // namespace smartasync::detail
