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

/// Asks a call to choose by the context.
struct dispatch_t {
  explicit dispatch_t() = default;
};

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
  [[gnu::always_inline]] explicit call_state(dispatch_t, Arguments&&... arguments) {
    // The pending one is the longer way in any case.
    if (in_async_context()) [[unlikely]] {
      phase_ = phase::pending;
      ::new (static_cast<void*>(std::addressof(operation_)))
          pending_operation(async, static_cast<Arguments&&>(arguments)...);
      return;
    }
    phase_ = phase::ready;
    if constexpr (std::is_void_v<T>) {
      block<Function>(static_cast<Arguments&&>(arguments)...);
      ::new (static_cast<void*>(std::addressof(value_))) no_value();
    } else if constexpr (std::is_reference_v<T>) {
      ::new (static_cast<void*>(std::addressof(value_)))
          stored(address(block<Function>(static_cast<Arguments&&>(arguments)...)));
    } else {
      ::new (static_cast<void*>(std::addressof(value_)))
          stored(block<Function>(static_cast<Arguments&&>(arguments)...));
    }
  }

  call_state(call_state&& other)
    requires(held != hold::in_place && std::is_move_constructible_v<stored>)
      : phase_(other.phase_) {
    if (phase_ == phase::ready) {
      ::new (static_cast<void*>(std::addressof(value_))) stored(std::move(other.value_));
    } else {
      ::new (static_cast<void*>(std::addressof(operation_)))
          pending_operation(std::move(other.operation_));
    }
  }

  call_state& operator=(call_state&&) = delete;

  ~call_state() {
    if (phase_ == phase::ready) {
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
      if (awaited_.phase_ == phase::ready) return true;
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
  bool is_ready() const noexcept { return phase_ == phase::ready; }

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
  enum class phase : unsigned char { ready, pending };

  template <class Value>
  static auto address(Value&& value) noexcept {
    return std::addressof(value);
  }

  void require_ready() const {
    if (phase_ != phase::ready) operation_.refuse_blocking();
  }

  union {
    stored value_;
    pending_operation operation_;
  };
  phase phase_;
};

}  // namespace smartasync::detail
