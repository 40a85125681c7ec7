// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "smartasync/block.hpp"
#include "smartasync/context.hpp"
#include "smartasync/detail/modes.hpp"
#include "smartasync/detail/pending.hpp"
#include "smartasync/detail/run_root.hpp"
#include "smartasync/keep.hpp"
#include "smartasync/site.hpp"

namespace smartasync::detail {

/// What holds a T, or a reference, in a union.
template <class T>
struct stored_value {
  std::remove_const_t<T> value;
};
template <>
struct stored_value<void> {};

/// For the constructor of call_state: which function is called.
template <class Function>
struct call_of {};

/// call_state is the value or what is pending in a call, of any function with these arguments and
/// this result: compilers make it once for a signature.
template <class T, class Arguments>
class call_state {
  using stored = stored_value<T>;
  using storage = typename Arguments::storage;

 public:
  /// Looks at the context. Where no loop runs on this thread the call is ready at once: the sync
  /// entry is called for the value, which is made in place. Where one does it is pending: nothing
  /// runs, the arguments are kept.
  ///
  /// The stub is small, so that compilers inline it: who awaits a function that is called directly
  /// pays for an offload anyway, and who blocks for a coroutine for its run.
  template <class Function, class... Given>
  [[gnu::always_inline]] explicit call_state(call_of<Function>, Given&&... arguments) {
    const context_look context;
    if constexpr (blocking_ways_of<Function>::are_direct) {
      // Each way writes its mark: then GCC has the arguments where the function takes them.
      if (context.is_usual_without_loop()) [[likely]] {
        make_value<Function>(seen_context::usual, static_cast<Given&&>(arguments)...);
        mark_as(unawaited_mark::ready);
      } else if (is_kept_in_passing<Function, Given...> && context.is_usual_loop()) {
        keep(static_cast<Given&&>(arguments)...);
        mark_as(0);
      } else {
        mark_as(keep_or_begin<Function, Given...>(Arguments::template handed<Given...>(),
                                                  static_cast<Given&&>(arguments)...));
      }
    } else {
      // The mark is written once, behind all ways: then GCC knows it where the call is awaited, and
      // with it the arguments, which it read from memory otherwise.
      std::uint32_t place = unawaited_mark::ready;
      if (context.is_usual_without_loop()) {
        make_value<Function>(seen_context::usual, static_cast<Given&&>(arguments)...);
      } else if (is_kept_in_passing<Function, Given...> && context.is_usual_loop()) {
        keep(static_cast<Given&&>(arguments)...);
        place = 0;
      } else {
        place = keep_or_begin<Function, Given...>(Arguments::template handed<Given...>(),
                                                  static_cast<Given&&>(arguments)...);
      }
      mark_as(place);
    }
  }

  call_state(call_state&& other)
    requires(Arguments::moves && std::is_move_constructible_v<stored>)
  {
    if (other.is_ready()) {
      ::new (static_cast<void*>(std::addressof(value_))) stored(std::move(other.value_));
    } else {
      ::new (static_cast<void*>(std::addressof(kept_))) storage(std::move(other.kept_));
    }
    ::new (static_cast<void*>(&mark_)) unawaited_mark(std::move(other.mark_));
  }

  call_state& operator=(call_state&&) = delete;

  ~call_state() {
    if (is_ready()) {
      value_.~stored();
    } else {
      kept_.~storage();
    }
  }

  [[nodiscard]] bool is_ready() const noexcept { return mark_.is_ready(); }
  // Of what is not ready.
  [[nodiscard]] storage& kept() noexcept { return kept_; }
  [[nodiscard]] unawaited_mark& mark() noexcept { return mark_; }

  // Of what is ready; throws blocking_call_error of the function `of` where it is not.

  decltype(auto) value(const site& of) const {
    require_ready(of);
    if constexpr (!std::is_void_v<T>) return std::as_const(value_.value);
  }

  decltype(auto) value(const site& of)
    requires(!std::is_void_v<T>)
  {
    require_ready(of);
    return (value_.value);
  }

  T take(const site& of) {
    require_ready(of);
    if constexpr (!std::is_void_v<T>) return static_cast<std::remove_const_t<T>&&>(value_.value);
  }

 private:
  /// True where the stub keeps the arguments in a few instructions of its own. clang++ would not
  /// inline one that is to call its function, too.
  template <class Function, class... Given>
  static constexpr bool is_kept_in_passing =
#if defined(__clang__)
      !blocking_ways_of<Function>::are_direct &&
#else
      (!blocking_ways_of<Function>::are_direct ||
       (std::is_trivially_copyable_v<storage> && sizeof(storage) <= 2 * sizeof(void*))) &&
#endif
      !Function::site.debug && sizeof...(Given) == Arguments::count;

  /// What the stub calls for all that it does not do by itself. The usual loop comes first, and the
  /// rest is a call in the place of this one, so that no register is saved for the former.
  template <class Function, class... Given, class... Handed>
  [[gnu::noinline]] std::uint32_t keep_or_begin(handed_arguments<Handed...> handed,
                                                std::type_identity_t<Handed>... arguments) {
    if constexpr (!is_kept_in_passing<Function, Given...> && !Function::site.debug) {
      // Not the look of the stub: the modes may have changed since.
      const context_look context;
      if (!context.is_usual_without_loop() && context.is_usual_loop()) [[likely]] {
        keep(static_cast<Handed&&>(arguments)...);
        return 0;
      }
    }
    return begin_unusual<Function, Given...>(handed, static_cast<Handed&&>(arguments)...);
  }

  /// Everything else. The stub does not touch the arguments after it: it need not save them.
  template <class Function, class... Given, class... Handed>
  [[gnu::noinline]] std::uint32_t begin_unusual(handed_arguments<Handed...> handed,
                                                std::type_identity_t<Handed>... arguments) {
    const std::uint32_t place =
        keep_where_loop_runs(Function::site, handed, static_cast<Handed&&>(arguments)...);
    if (place == unawaited_mark::ready) {
      make_value<Function>(seen_context::unusual, static_cast<Given&&>(arguments)...);
    }
    return place;
  }

  /// `ready` where no loop runs, and then nothing is kept; else the place of the call.
  template <class... Handed>
  [[gnu::noinline]] std::uint32_t keep_where_loop_runs(const site& of, handed_arguments<Handed...>,
                                                       std::type_identity_t<Handed>... arguments) {
    if (!in_async_context()) return unawaited_mark::ready;
    // Before the arguments are kept: a compiler does not know what a call has changed.
    const std::uint32_t place = unawaited_mark::place_of(of);
    keep(static_cast<Handed&&>(arguments)...);
    return place;
  }

  template <class... Given>
  [[gnu::always_inline]] void keep(Given&&... arguments) {
    ::new (static_cast<void*>(std::addressof(kept_)))
        storage(std::in_place, static_cast<Given&&>(arguments)...);
  }

  [[gnu::always_inline]] void mark_as(std::uint32_t place) noexcept {
    ::new (static_cast<void*>(&mark_)) unawaited_mark(place);
  }

  /// `seen`: what is known of the context.
  template <class Function, class... Given>
  [[gnu::always_inline]] void make_value(seen_context::what seen, Given&&... arguments) {
    if constexpr (std::is_void_v<T>) {
      value_of<Function>(seen, static_cast<Given&&>(arguments)...);
      ::new (static_cast<void*>(std::addressof(value_))) stored();
    } else {
      ::new (static_cast<void*>(std::addressof(value_)))
          stored{value_of<Function>(seen, static_cast<Given&&>(arguments)...)};
    }
  }

  template <class Function, class... Given>
  [[gnu::always_inline]] static T value_of(seen_context::what seen, Given&&... arguments) {
    if (blocking_ways_of<Function>::are_direct || seen == seen_context::unusual) {
      return block<Function>(seen, static_cast<Given&&>(arguments)...);
    }
    return run_out_of_line<Function, Given...>(Arguments::template handed<Given...>(),
                                               static_cast<Given&&>(arguments)...);
  }

  /// No member: what it gives comes in a register, and this object need not be in memory. The sync
  /// entry is that of the arguments as they came, which the entry with the tag has compiled, too.
  template <class Function, class... Given, class... Handed>
  [[gnu::noinline]] static T run_out_of_line(handed_arguments<Handed...>,
                                             std::type_identity_t<Handed>... arguments) {
    return block<Function>(seen_context::usual, static_cast<Given&&>(arguments)...);
  }

  void require_ready(const site& of) const {
    if (!is_ready()) throw_blocking_call(of.function);
  }

  union {
    stored value_;
    storage kept_;
  };
  union {
    unawaited_mark mark_;  ///< Made last: where making the others throws, nothing is pending.
  };
};

}  // namespace smartasync::detail
