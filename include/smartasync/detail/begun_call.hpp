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

/// True where what is awaited is not the author's coroutine, but one of ours around it.
[[nodiscard]] inline bool is_wrapped(const site& called) noexcept {
  return called.serial || called.loop != nullptr;
}

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
      make_begun(make);
      return awaiter();
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
      make_begun(make);
      if constexpr (requires { begun_.source.handle().address(); }) {
        watch_.runs_as(begun_.source.handle().address(), is_wrapped(called));
      }
      return awaiter();
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
  void make_begun(Make make) {
    ::new (static_cast<void*>(std::addressof(begun_))) begun_await<A>(make);
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
      make_task(task_, make);
      return get_awaiter(std::move(task_));
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
      make_task(watched_task_, make);
      watch_.runs_as(watched_task_.handle().address(), is_wrapped(called));
      return get_awaiter(std::move(watched_task_));
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
  /// Moves out the value with which the task has ended, which is plain. GCC has it destroyed at
  /// once, as `run()` does, and so keeps the value in a register. LLVM would store in the caller's
  /// frame that it was destroyed: there `end()` does it, which comes next.
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
  static void make_task(A& place, Make make) {
    ::new (static_cast<void*>(std::addressof(place))) A(make());
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
