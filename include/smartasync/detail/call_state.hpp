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
  /// The stub is small, so that compilers inline it: a function that is called directly is called
  /// here, and who awaits it pays for an offload anyway; a coroutine is kept here, and who blocks
  /// for it pays for its run.
  template <class Function, class... Given>
  [[gnu::always_inline]] explicit call_state(call_of<Function>, Given&&... arguments) {
    if constexpr (blocking_ways_of<Function>::are_direct) {
      if (is_usual_here()) [[likely]] {
        make_ready<Function>(seen_context::usual, static_cast<Given&&>(arguments)...);
      } else if (is_kept_in_passing<Function, Given...> && is_usual_loop_here()) {
        keep_at(0, Function::site, static_cast<Given&&>(arguments)...);
      } else if (!keep_out_of_line(Function::site, Arguments::template handed<Given...>(),
                                   static_cast<Given&&>(arguments)...)) {
        make_ready<Function>(seen_context::unusual, static_cast<Given&&>(arguments)...);
      }
#if !defined(__clang__)
      // GCC does not know it of the other case, and kept the value in memory for its sake. clang++
      // needs no hint, and counts it when it decides whether to inline the stub.
      else if (is_ready())
        __builtin_unreachable();
#endif
    } else {
      if (!in_async_context()) {
        make_ready<Function>(seen_context::no_loop, static_cast<Given&&>(arguments)...);
      } else {
        keep(Function::site, static_cast<Given&&>(arguments)...);
      }
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
    mark_.~unawaited_mark();
  }

  [[nodiscard]] bool is_ready() const noexcept { return mark_.is_ready(); }
  // Of what is not ready.
  [[nodiscard]] storage& kept() noexcept { return kept_; }
  [[nodiscard]] unawaited_mark& mark() noexcept { return mark_; }

  decltype(auto) value() const {
    require_ready();
    if constexpr (!std::is_void_v<T>) return std::as_const(value_.value);
  }

  decltype(auto) value()
    requires(!std::is_void_v<T>)
  {
    require_ready();
    return (value_.value);
  }

  T take() {
    require_ready();
    if constexpr (!std::is_void_v<T>) return static_cast<std::remove_const_t<T>&&>(value_.value);
  }

 private:
  /// True where the stub keeps the arguments in a few instructions of its own. clang++ would not
  /// inline it then.
  template <class Function, class... Given>
  static constexpr bool is_kept_in_passing =
#if defined(__clang__)
      false;
#else
      !Function::site.debug && sizeof...(Given) == Arguments::count &&
      std::is_trivially_copyable_v<storage> && sizeof(storage) <= 2 * sizeof(void*);
#endif

  /// False where no loop runs, and then nothing is kept.
  template <class... Handed>
  [[gnu::noinline]] bool keep_out_of_line(const site& of, handed_arguments<Handed...>,
                                          std::type_identity_t<Handed>... arguments) {
    const bool is_usual = is_usual_loop_here() && !of.debug;
    if (!is_usual && !in_async_context()) [[unlikely]]
      return false;
    keep_at(is_usual ? 0 : unawaited_mark::place_of(of), of, static_cast<Handed&&>(arguments)...);
    return true;
  }

  template <class... Given>
  [[gnu::always_inline]] void keep(const site& of, Given&&... arguments) {
    keep_at(unawaited_mark::place_of(of), of, static_cast<Given&&>(arguments)...);
  }

  template <class... Given>
  [[gnu::always_inline]] void keep_at(std::uint32_t place, const site& of, Given&&... arguments) {
    ::new (static_cast<void*>(std::addressof(kept_)))
        storage(std::in_place, static_cast<Given&&>(arguments)...);
    ::new (static_cast<void*>(&mark_)) unawaited_mark(of, place);
  }

  /// `seen`: what is known of the context.
  template <class Function, class... Given>
  [[gnu::always_inline]] void make_ready(seen_context::what seen, Given&&... arguments) {
    if constexpr (std::is_void_v<T>) {
      value_of<Function>(seen, static_cast<Given&&>(arguments)...);
      ::new (static_cast<void*>(std::addressof(value_))) stored();
    } else {
      ::new (static_cast<void*>(std::addressof(value_)))
          stored{value_of<Function>(seen, static_cast<Given&&>(arguments)...)};
    }
    // After the call, so that a compiler knows it still.
    ::new (static_cast<void*>(&mark_)) unawaited_mark(unawaited_mark::ready_t());
  }

  template <class Function, class... Given>
  [[gnu::always_inline]] static T value_of(seen_context::what seen, Given&&... arguments) {
    if constexpr (blocking_ways_of<Function>::are_direct) {
      return block<Function>(seen, static_cast<Given&&>(arguments)...);
    } else {
      return run_out_of_line<Function, Given...>(Arguments::template handed<Given...>(),
                                                 static_cast<Given&&>(arguments)...);
    }
  }

  /// No member: what it gives comes in a register, and this object need not be in memory. The sync
  /// entry is that of the arguments as they came, which the entry with the tag has compiled, too.
  template <class Function, class... Given, class... Handed>
  [[gnu::noinline]] static T run_out_of_line(handed_arguments<Handed...>,
                                             std::type_identity_t<Handed>... arguments) {
    return block<Function>(seen_context::no_loop, static_cast<Given&&>(arguments)...);
  }

  void require_ready() const {
    if (!is_ready()) throw_blocking_call(mark_.of().function);
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
