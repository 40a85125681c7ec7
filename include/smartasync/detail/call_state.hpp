// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "smartasync/block.hpp"
#include "smartasync/context.hpp"
#include "smartasync/detail/operation_awaiter.hpp"
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
  using pending_arguments = pending<typename Arguments::storage>;

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
        make_ready<Function>(true, static_cast<Given&&>(arguments)...);
      } else if (!pend_out_of_line(Function::site, static_cast<Given&&>(arguments)...)) {
        make_ready<Function>(false, static_cast<Given&&>(arguments)...);
      }
    } else {
      if (current_loop() == nullptr &&
          ready_out_of_line<Function>(static_cast<Given&&>(arguments)...)) {
        return;
      }
      is_ready_ = false;
      make_pending(pending_, Function::site, static_cast<Given&&>(arguments)...);
    }
  }

  call_state(call_state&& other)
    requires(Arguments::moves && std::is_move_constructible_v<stored>)
      : is_ready_(other.is_ready_) {
    if (is_ready_) {
      ::new (static_cast<void*>(std::addressof(value_))) stored(std::move(other.value_));
    } else {
      ::new (static_cast<void*>(&pending_)) pending_arguments(std::move(other.pending_));
    }
  }

  call_state& operator=(call_state&&) = delete;

  ~call_state() {
    if (is_ready_) {
      value_.~stored();
    } else {
      pending_.~pending_arguments();
    }
  }

  [[nodiscard]] bool is_ready() const noexcept { return is_ready_; }
  /// What is kept where it is not ready.
  [[nodiscard]] pending_arguments& kept() noexcept { return pending_; }

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
  /// False where no loop runs, and then nothing is kept.
  template <class... Given>
  [[gnu::noinline]] bool pend_out_of_line(const site& of, Given&&... arguments) {
    if (!in_async_context()) return false;
    is_ready_ = false;
    make_pending(pending_, of, static_cast<Given&&>(arguments)...);
    return true;
  }

  /// False where a loop runs, and then nothing is called.
  template <class Function, class... Given>
  [[gnu::noinline]] bool ready_out_of_line(Given&&... arguments) {
    const bool is_usual = is_usual_here();
    if (!is_usual && in_async_context()) return false;
    make_ready<Function>(is_usual, static_cast<Given&&>(arguments)...);
    return true;
  }

  template <class Function, class... Given>
  [[gnu::always_inline]] void make_ready(bool is_usual, Given&&... arguments) {
    if constexpr (std::is_void_v<T>) {
      block<Function>(seen_context(is_usual), static_cast<Given&&>(arguments)...);
      ::new (static_cast<void*>(std::addressof(value_))) stored();
    } else {
      ::new (static_cast<void*>(std::addressof(value_)))
          stored{block<Function>(seen_context(is_usual), static_cast<Given&&>(arguments)...)};
    }
    is_ready_ = true;  // After the call, so that a compiler knows it still.
  }

  void require_ready() const {
    if (!is_ready_) throw_blocking_call(pending_.mark.of().function);
  }

  union {
    stored value_;
    pending_arguments pending_;
  };
  bool is_ready_;  ///< Not an enumeration, whose operators every instantiation would look for.
};

/// Awaits a call: over a value that is there, or what is pending, which begins when the await does.
template <class T, class Function>
class call_awaiter {
  using state = call_state<T, typename Function::arguments>;
  using pending_awaiter = operation_awaiter<T, Function>;

 public:
  explicit call_awaiter(state& awaited) noexcept
      : awaited_(awaited),
        pending_(awaited.is_ready() ? pending_awaiter(nullptr) : pending_awaiter(awaited.kept())) {}
  call_awaiter(const call_awaiter&) = delete;
  call_awaiter& operator=(const call_awaiter&) = delete;

  bool await_ready() { return awaited_.is_ready() || pending_.await_ready(); }

  template <class Promise>
  auto await_suspend(std::coroutine_handle<Promise> continuation) {
    return pending_.await_suspend(continuation);
  }

  T await_resume() {
    if (awaited_.is_ready()) return awaited_.take();
    return pending_.await_resume();
  }

 private:
  state& awaited_;
  pending_awaiter pending_;  ///< Of nothing where the value is there.
};

}  // namespace smartasync::detail
