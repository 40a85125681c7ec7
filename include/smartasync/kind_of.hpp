// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <type_traits>

#include "smartasync/awaitable.hpp"
#include "smartasync/site.hpp"

namespace smartasync {

/// kind_of tells whether what a function returns must be awaited: what the generator asks Clang,
/// asked when a template is instantiated.
template <class Returned>
inline constexpr call_kind kind_of = call_kind::sync;
template <awaitable Returned>
inline constexpr call_kind kind_of<Returned> = call_kind::async;

namespace detail {

template <class Returned>
struct awaited {
  using type = Returned;
};
template <awaitable Returned>
struct awaited<Returned> {
  using type = await_value_t<Returned>;
};

}  // namespace detail

/// awaited_t is what `co_await` gives of what can be awaited, and any other type itself.
template <class Returned>
using awaited_t = typename detail::awaited<Returned>::type;

/// untagged is met by every argument that is not one of the tags `sync` and `async`: stubs that are
/// templates do not take these for arguments of the author's function.
template <class T>
concept untagged =
    !std::same_as<std::remove_cvref_t<T>, sync_t> && !std::same_as<std::remove_cvref_t<T>, async_t>;

namespace detail {

template <class...>
inline constexpr bool is_first_untagged = true;
template <class First, class... Rest>
inline constexpr bool is_first_untagged<First, Rest...> = untagged<First>;

}  // namespace detail

/// untagged_first is the same for the first of a pack.
template <class... Arguments>
concept untagged_first = detail::is_first_untagged<Arguments...>;

}  // namespace smartasync
