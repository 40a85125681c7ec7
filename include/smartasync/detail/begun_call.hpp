// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "smartasync/awaitable.hpp"
#include "smartasync/detail/call_watch.hpp"
#include "smartasync/detail/foreign.hpp"
#include "smartasync/site.hpp"
#include "smartasync/task.hpp"

namespace smartasync::detail {

/// What is awaited, with its awaiter.
template <class A>
struct begun_await {
  static decltype(auto) await(A&& a) {
    if constexpr (native<A>) {
      return get_awaiter(static_cast<A&&>(a));
    } else {
      return foreign_awaiter<A>(static_cast<A&&>(a));
    }
  }

  template <class Make>
  explicit begun_await(Make make) : source(make()), inner(await(static_cast<A&&>(source))) {}

  auto& awaiter() noexcept { return inner; }

  A source;
  decltype(await(std::declval<A&&>())) inner;
};

/// That of a task is its handle and no more, that of an offload is the offload itself: it is not
/// kept a second time.
template <class A>
  requires(is_task<A> || (native<A> && is_own_awaiter<A>))
struct begun_await<A> {
  template <class Make>
  explicit begun_await(Make make) : source(make()) {}

  decltype(auto) awaiter() noexcept { return get_awaiter(std::move(source)); }

  A source;
};

/// What the await of a call has begun: what its function returned, or the offload of it, with its
/// watch where calls are watched. It stores nothing before that, and little then: it is what an
/// await stores that makes it longer than another, more than what it looks at. Hence no destructor:
/// who has begun ends it.
template <class A>
class begun_call {
 public:
  begun_call() noexcept {}
  ~begun_call() {}
  begun_call(const begun_call&) = delete;
  begun_call& operator=(const begun_call&) = delete;

  // One of the three begins.

  /// There is nothing to do.
  void begin_nothing() noexcept { state_ = state::nothing; }
  /// Begins what `make` makes; gives its awaiter.
  template <class Make>
  decltype(auto) begin(Make make) {
    state_ = state::plain;
    try {
      return begin_with(make);
    } catch (...) {
      state_ = state::nothing;
      throw;
    }
  }
  /// The same, watched as a call of `called`.
  template <class Make>
  decltype(auto) begin_watched(const site& called, call_kind kind, Make make) {
    watch_.open(called, kind, true);
    state_ = state::watched;
    try {
      return begin_with(make);
    } catch (...) {
      state_ = state::nothing;
      watch_.close();
      throw;
    }
  }

  // Once it has begun.

  /// The author's function is called now.
  void enter() noexcept {
    if (state_ == state::watched) [[unlikely]]
      watch_.enter();
  }
  [[nodiscard]] bool has_begun() const noexcept { return state_ != state::nothing; }
  decltype(auto) awaiter() noexcept { return begun_.awaiter(); }
  /// Destroys what has begun.
  void end() noexcept {
    if (state_ == state::watched) [[unlikely]]
      watch_.close();
    begun_.~begun_await();
  }

 private:
  enum class state : unsigned char { nothing, plain, watched };

  template <class Make>
  decltype(auto) begin_with(Make make) {
    ::new (static_cast<void*>(std::addressof(begun_))) begun_await<A>(make);
    return awaiter();
  }

  call_watch watch_;
  state state_;
  union {
    begun_await<A> begun_;
  };
};

/// That of a task is told by its handle alone, which is stored anyway.
template <class A>
  requires is_task<A>
class begun_call<A> {
  using value = typename A::value_type;

 public:
  begun_call() noexcept {}
  ~begun_call() {}
  begun_call(const begun_call&) = delete;
  begun_call& operator=(const begun_call&) = delete;

  void begin_nothing() noexcept { say(nothing); }
  template <class Make>
  auto begin(Make make) {
    try {
      return begin_with(task_, make);
    } catch (...) {
      say(nothing);
      throw;
    }
  }
  template <class Make>
  auto begin_watched(const site& called, call_kind kind, Make make) {
    watch_.open(called, kind, true);
    say(watched);
    try {
      auto awaiter = begin_with(watched_task_, make);
      // The task may not be the author's, but one of ours around it.
      watch_.runs_as(watched_task_.handle().address(), called.serial || called.loop != nullptr);
      return awaiter;
    } catch (...) {
      say(nothing);
      watch_.close();
      throw;
    }
  }

  void enter() noexcept { watch_.enter(); }
  [[nodiscard]] bool has_begun() const noexcept { return word() != nothing; }
  auto awaiter() noexcept { return get_awaiter(std::move(is_plain() ? task_ : watched_task_)); }
  [[gnu::always_inline]] void end() noexcept {
    if (is_plain()) [[likely]] {
      outcome().drop_error();
      task_.handle().destroy();
    } else {
      end_watched();
    }
  }

  /// True where it is not watched.
  [[nodiscard]] bool is_plain() const noexcept { return word() > watched; }
  [[nodiscard]] auto& outcome() const noexcept { return task_.handle().promise().result(); }
  /// Moves out the value with which the task has ended, which is plain. GCC's way is to destroy it
  /// at once, as `run()` does: it keeps the value in a register. LLVM would store that it was
  /// destroyed into the caller's frame; what it knows without that is enough where that is asked
  /// next.
  [[gnu::always_inline]] value take_value() {
#if !defined(__clang__)
    if constexpr (std::is_void_v<value>) {
      task_.handle().destroy();
      say(nothing);
    } else if constexpr (std::is_nothrow_move_constructible_v<value> &&
                         !std::is_reference_v<value>) {
      value taken(outcome().take_value());
      task_.handle().destroy();
      // Behind the call: a compiler does not know what that has changed.
      say(nothing);
      return taken;
    } else
#endif
      return outcome().take_value();
  }

 private:
  // What is in the place of a handle's address where no task has begun, or one that is watched,
  // which has a place of its own: one look tells both from a plain one.
  static constexpr std::uintptr_t nothing = 0;
  static constexpr std::uintptr_t watched = 1;

  using handle = decltype(std::declval<const A&>().handle());

  [[nodiscard]] std::uintptr_t word() const noexcept {
    return reinterpret_cast<std::uintptr_t>(task_.handle().address());
  }
  void say(std::uintptr_t word) noexcept {
    ::new (static_cast<void*>(std::addressof(task_)))
        A(handle::from_address(reinterpret_cast<void*>(word)));
  }
  template <class Make>
  static auto begin_with(A& place, Make make) {
    ::new (static_cast<void*>(std::addressof(place))) A(make());
    return get_awaiter(std::move(place));
  }
  [[gnu::cold, gnu::noinline]] void end_watched() noexcept {
    watch_.close();
    watched_task_.~A();
  }

  union {
    A task_;
  };
  union {
    A watched_task_;
  };
  call_watch watch_;
};

}  // namespace smartasync::detail
