// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <memory>
#include <new>
#include <optional>
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

  /// Looks at the context, once. Where no loop runs on this thread the call is ready at once: the
  /// sync entry is called for the value, which is made in place. Where one does it is pending:
  /// nothing runs, the arguments are kept.
  template <class... Arguments>
  [[gnu::always_inline]] explicit call_state(by_context_t, Arguments&&... arguments) {
    bool is_usual = !Function::site.debug;
    if (!is_usual_here()) [[unlikely]] {
      // Who awaits a function that is called directly pays for an offload. For the sake of others
      // the stub is small, so that compilers inline it.
      if constexpr (blocking_ways_of<Function>::are_direct) {
        if (pend_out_of_line(static_cast<Arguments&&>(arguments)...)) return;
      } else {
        if (pend_where_async(static_cast<Arguments&&>(arguments)...)) return;
      }
      is_usual = false;
    }
    is_ready_ = true;
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
    explicit awaiter(call_state& awaited) noexcept : awaited_(awaited) {}
    awaiter(const awaiter&) = delete;
    awaiter& operator=(const awaiter&) = delete;

    bool await_ready() {
      if (awaited_.is_ready_) return true;
      return begun_.emplace(awaited_.operation_).await_ready();
    }

    template <class Promise>
    auto await_suspend(std::coroutine_handle<Promise> continuation) {
      return begun_->await_suspend(continuation);
    }

    T await_resume() {
      if (begun_) return begun_->await_resume();
      return awaited_.take();
    }

   private:
    call_state& awaited_;
    std::optional<operation_awaiter> begun_;
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
  [[gnu::always_inline]] bool pend_where_async(Arguments&&... arguments) {
    if (!in_async_context()) return false;
    is_ready_ = false;
    ::new (static_cast<void*>(&operation_))
        pending_operation(async, static_cast<Arguments&&>(arguments)...);
    return true;
  }
  template <class... Arguments>
  [[gnu::noinline]] bool pend_out_of_line(Arguments&&... arguments) {
    return pend_where_async(static_cast<Arguments&&>(arguments)...);
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
