// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <coroutine>
#include <type_traits>
#include <utility>

#include "smartasync/detail/requirements.hpp"

namespace smartasync {

/// Specialise it to make a foreign type awaitable in a `task`:
/// `static auto adapt(A&& a)` returns something that `co_await` takes.
template <class A>
struct awaitable_traits {};

namespace detail {

template <class A>
concept adapted =
    requires(A&& a) { awaitable_traits<std::remove_cvref_t<A>>::adapt(std::forward<A>(a)); };

template <class A>
concept has_member_co_await = requires(A&& a) { std::forward<A>(a).operator co_await(); };

template <class A>
concept has_free_co_await = requires(A&& a) { operator co_await(std::forward<A>(a)); };

/// What is awaited as it stands.
template <class A>
concept is_own_awaiter = !has_member_co_await<A> && !has_free_co_await<A>;

/// What `co_await` makes of its operand.
template <class A>
decltype(auto) get_awaiter(A&& a) {
  if constexpr (has_member_co_await<A>) {
    return std::forward<A>(a).operator co_await();
  } else if constexpr (has_free_co_await<A>) {
    return operator co_await(std::forward<A>(a));
  } else {
    return static_cast<A&&>(a);
  }
}

template <class R>
concept suspend_result = std::same_as<R, void> || std::same_as<R, bool> ||
                         std::convertible_to<R, std::coroutine_handle<>>;

template <class W>
concept awaiter = requires(std::remove_reference_t<W>& w, std::coroutine_handle<> h) {
  { w.await_ready() } -> std::convertible_to<bool>;
  { w.await_suspend(h) } -> suspend_result;
  w.await_resume();
};

template <class A>
concept directly_awaitable = requires(A&& a) {
  { get_awaiter(std::forward<A>(a)) } -> awaiter;
};

/// An awaitable of this library: it keeps the scope of its coroutine and resumes it on its loop.
template <class A>
concept native = requires { typename std::remove_cvref_t<A>::smartasync_native; };

template <class A>
decltype(auto) adapt(A&& a) {
  if constexpr (adapted<A>) {
    return awaitable_traits<std::remove_cvref_t<A>>::adapt(std::forward<A>(a));
  } else {
    return static_cast<A&&>(a);
  }
}

}  // namespace detail

/// What can be awaited in a `task`: by itself, or through `awaitable_traits`.
template <class A>
concept awaitable = detail::adapted<A> || detail::directly_awaitable<A>;

namespace detail {

template <class A>
using awaiter_of_t = decltype(get_awaiter(adapt(std::declval<A>())));

/// The type of `co_await a`.
template <class A>
using await_result_t =
    decltype(std::declval<std::remove_reference_t<awaiter_of_t<A>>&>().await_resume());

/// The type that a variable of it would have: what `task<T>` and `outcome<T>` carry.
template <class A>
using await_value_t =
    std::conditional_t<std::is_rvalue_reference_v<await_result_t<A>>,
                       std::remove_reference_t<await_result_t<A>>, await_result_t<A>>;

/// A callable that makes an awaitable.
template <class F>
concept makes_awaitable = std::invocable<F> && awaitable<std::invoke_result_t<F>>;

}  // namespace detail
}  // namespace smartasync
