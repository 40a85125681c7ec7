// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace smartasync::detail {

/// Throws what it holds and leaves it empty.
[[noreturn, gnu::cold, gnu::noinline]] inline void rethrow(std::exception_ptr& error) {
  std::rethrow_exception(std::move(error));
}

/// What a task ended with: nothing yet, a value, or an exception. The value is made in place, so
/// `T` may be immovable, move-only, a reference, void, or not default-constructible.
///
/// An exception must be dropped by the owner: it is no part of the destructor, so that the clean-up
/// of a coroutine's frame calls nothing, for which GCC would save registers at its every entry.
template <class T>
class task_outcome {
  struct nothing {};
  using stored =
      std::conditional_t<std::is_void_v<T>, nothing,
                         std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>*,
                                            std::remove_const_t<T>>>;
  static constexpr bool destroys = !std::is_trivially_destructible_v<stored>;

 public:
  task_outcome() noexcept {}
  ~task_outcome() {
    if constexpr (destroys) {
      if (holds_ == holds::value) std::destroy_at(std::addressof(value_));
    }
  }
  task_outcome(const task_outcome&) = delete;
  task_outcome& operator=(const task_outcome&) = delete;

  /// Once it has ended: with a value, with an exception.
  [[nodiscard]] bool has_value() const noexcept { return !has_error(); }
  [[nodiscard]] bool has_error() const noexcept { return holds_ == holds::error; }
  /// The exception, null when there is none.
  [[nodiscard]] std::exception_ptr error() const noexcept {
    return has_error() ? error_ : std::exception_ptr();
  }

  /// Requires that nothing was set.
  void set_value() noexcept
    requires std::is_void_v<T>
  {}

  template <class U>
  void set_value(U&& from)
    requires(!std::is_void_v<T>)
  {
    if constexpr (std::is_reference_v<T>) {
      T bound = std::forward<U>(from);
      value_ = std::addressof(bound);
    } else {
      std::construct_at(std::addressof(value_), std::forward<U>(from));
    }
    if constexpr (destroys) holds_ = holds::value;
  }

  /// Stores what `f()` returns or throws. Requires that nothing was set.
  template <class F>
  void set_from(F&& f) noexcept {
    try {
      if constexpr (std::is_void_v<T>) {
        std::invoke(std::forward<F>(f));
      } else if constexpr (std::is_reference_v<T>) {
        set_value(std::invoke(std::forward<F>(f)));
      } else {
        ::new (static_cast<void*>(std::addressof(value_))) stored(std::invoke(std::forward<F>(f)));
        if constexpr (destroys) holds_ = holds::value;
      }
    } catch (...) {
      set_error(std::current_exception());
    }
  }

  /// In place of a value, too: a local object's destructor may throw after the `co_return`.
  void set_error(std::exception_ptr e) noexcept {
    if constexpr (destroys) {
      if (holds_ == holds::value) std::destroy_at(std::addressof(value_));
    }
    std::construct_at(std::addressof(error_), std::move(e));
    holds_ = holds::error;
  }

  /// Moves the value out, or throws the exception. Requires that it has ended.
  T take() {
    if (has_error()) [[unlikely]]
      rethrow(error_);
    return take_value();
  }
  /// Moves the value out. Requires that it has ended with one.
  T take_value() {
    if constexpr (std::is_reference_v<T>) {
      return static_cast<T>(*value_);
    } else if constexpr (!std::is_void_v<T>) {
      return std::move(value_);
    }
  }

  /// The last that is done with it.
  void drop_error() noexcept {
    if (has_error()) [[unlikely]]
      std::destroy_at(std::addressof(error_));
  }

 private:
  // `value` is written only where a destructor asks for it.
  enum class holds : unsigned char { nothing_to_destroy, value, error };

  union {
    stored value_;
    std::exception_ptr error_;
  };
  holds holds_ = holds::nothing_to_destroy;
};

/// The same for any piece of work: it drops its exception by itself.
template <class T>
class outcome : public task_outcome<T> {
 public:
  outcome() noexcept = default;
  ~outcome() { this->drop_error(); }
};

}  // namespace smartasync::detail
