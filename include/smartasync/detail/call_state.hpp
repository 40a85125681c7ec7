// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "smartasync/block.hpp"
#include "smartasync/context.hpp"
#include "smartasync/keep.hpp"
#include "smartasync/operation.hpp"
#include "smartasync/site.hpp"

namespace smartasync::detail {

struct no_value {};

/// What holds a T in a union: a reference as a pointer, void as nothing.
template <class T>
using stored_value =
    std::conditional_t<std::is_void_v<T>, no_value,
                       std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>*,
                                          std::remove_const_t<T>>>;

/// call_state is the value or the operation in a call, and the awaiter over either.
template <class T, class Function>
class call_state {
  using stored = stored_value<T>;
  using pending_operation = smartasync::operation<T, Function>;

 public:
  static constexpr hold held = Function::arguments::held;

  /// Looks at the context. Where no loop runs on this thread the call is ready at once: the sync
  /// entry is called for the value, which is made in place. Where one does it is pending: nothing
  /// runs, the arguments are kept.
  ///
  /// The stub is small, so that compilers inline it: a function that is called directly is called
  /// here, and who awaits it pays for an offload anyway; a coroutine is kept here, and who blocks
  /// for it pays for its run.
  template <class... Arguments>
  [[gnu::always_inline]] call_state(by_context_t, Arguments&&... arguments) {
    if constexpr (blocking_ways_of<Function>::are_direct) {
      if (is_usual_here()) [[likely]] {
        make_ready(!Function::site.debug, static_cast<Arguments&&>(arguments)...);
      } else if (!pend_out_of_line(static_cast<Arguments&&>(arguments)...)) {
        make_ready(false, static_cast<Arguments&&>(arguments)...);
      }
    } else {
      if (current_loop() == nullptr && ready_out_of_line(static_cast<Arguments&&>(arguments)...)) {
        return;
      }
      is_ready_ = false;
      ::new (static_cast<void*>(&operation_))
          pending_operation(async, static_cast<Arguments&&>(arguments)...);
    }
  }

  call_state(call_state&& other)
    requires(Function::arguments::moves && std::is_move_constructible_v<stored>)
      : is_ready_(other.is_ready_) {
    if (is_ready_) {
      ::new (static_cast<void*>(std::addressof(value_))) stored(std::move(other.value_));
    } else {
      ::new (static_cast<void*>(&operation_)) pending_operation(std::move(other.operation_));
    }
  }

  call_state& operator=(call_state&&) = delete;

  ~call_state() {
    if (is_ready_) {
      value_.~stored();
    } else {
      operation_.~pending_operation();
    }
  }

  /// Over a value that is there, or the operation, which begins when the await does.
  class awaiter {
    using operation_awaiter = detail::operation_awaiter<T, pending_operation, Function>;

   public:
    explicit awaiter(call_state& awaited) noexcept
        : awaited_(awaited),
          pending_(awaited.is_ready_ ? operation_awaiter(nullptr)
                                     : operation_awaiter(awaited.operation_)) {}
    awaiter(const awaiter&) = delete;
    awaiter& operator=(const awaiter&) = delete;

    bool await_ready() { return awaited_.is_ready_ || pending_.await_ready(); }

    template <class Promise>
    auto await_suspend(std::coroutine_handle<Promise> continuation) {
      return pending_.await_suspend(continuation);
    }

    T await_resume() {
      if (awaited_.is_ready_) return awaited_.take();
      return pending_.await_resume();
    }

   private:
    call_state& awaited_;
    operation_awaiter pending_;  ///< Of nothing where the value is there.
  };

 protected:
  bool is_ready() const noexcept { return is_ready_; }

  decltype(auto) value() const {
    require_ready();
    if constexpr (std::is_reference_v<T>) {
      return static_cast<std::remove_reference_t<T>&>(*value_);
    } else if constexpr (!std::is_void_v<T>) {
      return static_cast<const T&>(value_);
    }
  }

  decltype(auto) value()
    requires(!std::is_void_v<T>)
  {
    require_ready();
    if constexpr (std::is_reference_v<T>) {
      return static_cast<std::remove_reference_t<T>&>(*value_);
    } else {
      return static_cast<T&>(value_);
    }
  }

  T take() {
    require_ready();
    if constexpr (std::is_reference_v<T>) {
      return static_cast<T>(*value_);
    } else if constexpr (!std::is_void_v<T>) {
      return std::move(value_);
    }
  }

 private:
  /// False where no loop runs, and then nothing is kept.
  template <class... Arguments>
  [[gnu::noinline]] bool pend_out_of_line(Arguments&&... arguments) {
    if (!in_async_context()) return false;
    is_ready_ = false;
    ::new (static_cast<void*>(&operation_))
        pending_operation(async, static_cast<Arguments&&>(arguments)...);
    return true;
  }

  /// False where a loop runs, and then nothing is called.
  template <class... Arguments>
  [[gnu::noinline]] bool ready_out_of_line(Arguments&&... arguments) {
    const bool is_usual = !Function::site.debug && is_usual_here();
    if (!is_usual && in_async_context()) return false;
    make_ready(is_usual, static_cast<Arguments&&>(arguments)...);
    return true;
  }

  template <class... Arguments>
  [[gnu::always_inline]] void make_ready(bool is_usual, Arguments&&... arguments) {
    if constexpr (std::is_void_v<T>) {
      block_when<Function>(is_usual, static_cast<Arguments&&>(arguments)...);
      ::new (static_cast<void*>(std::addressof(value_))) no_value();
    } else if constexpr (std::is_reference_v<T>) {
      ::new (static_cast<void*>(std::addressof(value_)))
          stored(address(block_when<Function>(is_usual, static_cast<Arguments&&>(arguments)...)));
    } else {
      ::new (static_cast<void*>(std::addressof(value_)))
          stored(block_when<Function>(is_usual, static_cast<Arguments&&>(arguments)...));
    }
    is_ready_ = true;  // After the call, so that a compiler knows it still.
  }

  template <class Value>
  static auto address(Value&& value) noexcept {
    return std::addressof(value);
  }

  void require_ready() const {
    if (!is_ready_) operation_.refuse_blocking();
  }

  union {
    stored value_;
    pending_operation operation_;
  };
  bool is_ready_;  ///< Not an enumeration, whose operators every instantiation would look for.
};

}  // namespace smartasync::detail
