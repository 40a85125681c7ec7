// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <utility>

#include "smartasync/detail/call_place.hpp"
#include "smartasync/detail/call_watch.hpp"
#include "smartasync/site.hpp"
#include "smartasync/unawaited.hpp"

namespace smartasync::detail {

/// Whether a call is pending, and nobody has awaited it yet, and where it was made, where that is
/// asked for. It goes with the call that moves. Whose mark it is knows the function: a pending call
/// does not keep it.
class unawaited_mark {
 public:
  /// The place of what is not pending.
  static constexpr std::uint32_t ready = static_cast<std::uint32_t>(-2);

  /// `place`: what place_of() gave, where the call is pending, or `ready`. Two steps, so that the
  /// arguments are kept between them: a compiler does not know what the first has changed where it
  /// calls.
  explicit unawaited_mark(std::uint32_t place) noexcept : place_(place) {}
  unawaited_mark(unawaited_mark&& other) noexcept : place_(other.place_) {
    if (!is_ready()) other.place_ = taken;
  }
  unawaited_mark& operator=(unawaited_mark&&) = delete;
  ~unawaited_mark() = default;

  /// Where a call of `of` is made, 0 where nobody asks.
  [[nodiscard]] static std::uint32_t place_of(const site& of) noexcept {
    return watched(of) ? note_call_place(of.debug) : 0;
  }

  [[nodiscard]] bool is_ready() const noexcept { return place_ == ready; }
  /// True once it was awaited, or has moved on.
  [[nodiscard]] bool is_taken() const noexcept { return place_ == taken; }
  /// For who awaits what is not ready: where it was made, or 0.
  std::uint32_t take() noexcept { return std::exchange(place_, taken); }
  /// For who drops a call of `of`: see set_unawaited_handler().
  void report_unless_taken(const site& of) const noexcept {
    if (place_ < ready) [[unlikely]]
      report_unawaited(of, place_);
  }

 private:
  static constexpr std::uint32_t taken = ready + 1;

  std::uint32_t place_;
};

/// What an operation keeps. It depends on the arguments alone, not on the function: compilers make
/// it once for a signature.
template <class Storage>
class pending {
 public:
  template <class... Arguments>
  explicit pending(const site& of, Arguments&&... arguments)
      : pending(unawaited_mark::place_of(of), static_cast<Arguments&&>(arguments)...) {}

  [[nodiscard]] Storage& kept() noexcept { return kept_; }
  [[nodiscard]] unawaited_mark& mark() noexcept { return mark_; }

 private:
  template <class... Arguments>
  pending(std::uint32_t place, Arguments&&... arguments)
      : kept_(std::in_place, static_cast<Arguments&&>(arguments)...), mark_(place) {}

  Storage kept_;
  unawaited_mark mark_;
};

}  // namespace smartasync::detail
