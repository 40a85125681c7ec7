// SPDX-License-Identifier: MIT
// How all arguments of a pending call are kept, and handed on.
#pragma once

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "smartasync/keep_policy.hpp"

namespace smartasync {

namespace detail {

template <std::size_t, class Policy>
struct kept_slot {
  Policy policy;
};

/// The kept arguments of one call. Not a std::tuple: choosing among a tuple's constructors, for
/// each function anew, took a compiler longer than all else in a pending call.
template <class Indices, class... Policies>
class kept_slots;

template <std::size_t... Index, class... Policies>
class kept_slots<std::index_sequence<Index...>, Policies...> : kept_slot<Index, Policies>... {
 public:
  template <class... Arguments>
  explicit kept_slots(std::in_place_t /*each*/, Arguments&&... arguments)
      : kept_slot<Index, Policies>{Policies(static_cast<Arguments&&>(arguments))}... {}

  /// Calls the author's function, once: what was moved in is moved on.
  template <class Function>
  decltype(auto) invoke() {
    return Function::invoke(static_cast<kept_slot<Index, Policies>&>(*this).policy.pass()...);
  }

  /// The first of them, for the object of a method.
  decltype(auto) first() { return first_of(*this); }

 private:
  template <class Policy>
  static decltype(auto) first_of(kept_slot<0, Policy>& slot) {
    return slot.policy.pass();
  }
};

/// How an argument goes to a function that is not inlined: a scalar that the call owns by its
/// value, or the caller's variable would have to be in memory, every other one as it came.
template <class Policy, class Given>
struct handed {
  using type = Given&&;
};
template <class T, class Given>
  requires std::is_scalar_v<T>
struct handed<moved<T>, Given> {
  using type = T;
};
template <class... Handed>
struct handed_arguments {
  /// Calls the author's function with them; has an address where that has none.
  template <class Function, class Made>
  static Made invoke(Handed... arguments) {
    return Function::invoke(static_cast<Handed&&>(arguments)...);
  }
};

}  // namespace detail

/// keep lists the policies of one function's parameters, in order. Its `held` is that of the
/// parameter that binds the call most.
template <class... Policies>
struct keep {
  static constexpr hold held = std::max({hold::owned, Policies::held...});
  /// Said here, once for all functions with these policies: a comparison of an enumeration is slow
  /// to compile.
  static constexpr bool moves = held != hold::in_place;
  static constexpr std::size_t count = sizeof...(Policies);
  using storage = detail::kept_slots<std::index_sequence_for<Policies...>, Policies...>;
  /// How arguments of these types go to a function that is not inlined. Who gives a stop token with
  /// them gives more than is kept.
  template <class... Given>
  static constexpr auto handed() noexcept {
    if constexpr (sizeof...(Given) == count) {
      return detail::handed_arguments<typename detail::handed<Policies, Given>::type...>();
    } else {
      return detail::handed_arguments<Given&&...>();
    }
  }
};

}  // namespace smartasync
