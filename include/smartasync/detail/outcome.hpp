// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace smartasync::detail {

/// What a piece of work ended with: nothing yet, a value, or an exception. The value is made in
/// place, so `T` may be immovable, move-only, a reference, or not default-constructible.
template <class T>
class outcome {
  using stored = std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>*,
                                    std::remove_const_t<T>>;

 public:
  outcome() noexcept {}
  ~outcome() { reset(); }
  outcome(const outcome&) = delete;
  outcome& operator=(const outcome&) = delete;

  [[nodiscard]] bool has_value() const noexcept { return state_ == state::value; }
  [[nodiscard]] bool has_error() const noexcept { return state_ == state::error; }
  [[nodiscard]] bool empty() const noexcept { return state_ == state::empty; }
  /// The exception, null when there is none.
  [[nodiscard]] std::exception_ptr error() const noexcept {
    return has_error() ? error_ : std::exception_ptr();
  }

  /// Requires `empty()`.
  template <class U>
  void set_value(U&& from) {
    if constexpr (std::is_reference_v<T>) {
      T bound = std::forward<U>(from);
      value_ = std::addressof(bound);
    } else {
      std::construct_at(std::addressof(value_), std::forward<U>(from));
    }
    state_ = state::value;
  }

  /// Stores what `f()` returns or throws. Requires `empty()`.
  template <class F>
  void set_from(F&& f) noexcept {
    try {
      if constexpr (std::is_reference_v<T>) {
        set_value(std::invoke(std::forward<F>(f)));
      } else {
        ::new (static_cast<void*>(std::addressof(value_))) stored(std::invoke(std::forward<F>(f)));
        state_ = state::value;
      }
    } catch (...) {
      set_error(std::current_exception());
    }
  }

  void set_error(std::exception_ptr e) noexcept {
    reset();
    std::construct_at(std::addressof(error_), std::move(e));
    state_ = state::error;
  }

  /// Moves the value out, or throws the exception. Requires `!empty()`.
  T take() {
    if (state_ == state::error) [[unlikely]]
      std::rethrow_exception(std::move(error_));
    if constexpr (std::is_reference_v<T>) {
      return static_cast<T>(*value_);
    } else {
      return std::move(value_);
    }
  }

 private:
  enum class state : unsigned char { empty, value, error };

  void reset() noexcept {
    if (state_ == state::value) {
      std::destroy_at(std::addressof(value_));
    } else if (state_ == state::error) [[unlikely]] {
      std::destroy_at(std::addressof(error_));
    }
    state_ = state::empty;
  }

  union {
    stored value_;
    std::exception_ptr error_;
  };
  state state_ = state::empty;
};

template <>
class outcome<void> {
 public:
  outcome() = default;
  outcome(const outcome&) = delete;
  outcome& operator=(const outcome&) = delete;

  [[nodiscard]] bool has_value() const noexcept { return done_ && !error_; }
  [[nodiscard]] bool has_error() const noexcept { return error_ != nullptr; }
  [[nodiscard]] bool empty() const noexcept { return !done_; }
  [[nodiscard]] std::exception_ptr error() const noexcept { return error_; }

  void set_value() noexcept { done_ = true; }

  template <class F>
  void set_from(F&& f) noexcept {
    try {
      std::invoke(std::forward<F>(f));
      done_ = true;
    } catch (...) {
      set_error(std::current_exception());
    }
  }

  void set_error(std::exception_ptr e) noexcept {
    error_ = std::move(e);
    done_ = true;
  }

  void take() {
    if (error_) [[unlikely]]
      std::rethrow_exception(std::move(error_));
  }

 private:
  std::exception_ptr error_;
  bool done_ = false;
};

}  // namespace smartasync::detail
