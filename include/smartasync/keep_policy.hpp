// SPDX-License-Identifier: MIT
// How one argument of a pending call is kept.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace smartasync {

/// hold says what a pending call may do, by what it keeps of its arguments. `owned`: it borrows
/// nothing, moves anywhere and may be abandoned. `scoped`: it borrows objects of the caller, moves
/// and must end before them, as every combinator makes sure. `in_place`: it may point into
/// temporaries of the very expression that made it, and so is awaited where it stands.
enum class hold { owned, scoped, in_place };

/// The policies below keep one argument of a pending call each: made from the argument when the
/// call is made, `pass()` gives what the author's function is called with, once. Making one throws
/// what the copy or the move of the argument throws; `pass()` throws only what the making of a view
/// does. One thread at a time has the call and all that it keeps; what is kept ends with the call,
/// also where the loop ends before the function was called.

/// moved keeps a T that came by value or as T&&.
template <class T>
class moved {
 public:
  static constexpr hold held = hold::owned;

  template <class From>
    requires std::is_constructible_v<T, From>
  explicit moved(From&& from) : value_(static_cast<From&&>(from)) {}

  T&& pass() noexcept { return static_cast<T&&>(value_); }

 private:
  T value_;
};

/// moved takes an array element by element.
template <class T, std::size_t Size>
class moved<T[Size]> {
 public:
  static constexpr hold held = hold::owned;

  explicit moved(T (&&from)[Size]) : moved(from, std::make_index_sequence<Size>()) {}

  T (&&pass() noexcept)[Size] { return std::move(value_); }

 private:
  template <std::size_t... Index>
  moved(T (&from)[Size], std::index_sequence<Index...>) : value_{std::move(from[Index])...} {}

  T value_[Size];
};

/// copied keeps a copy of what a `const T&` refers to.
template <class T>
class copied {
 public:
  static constexpr hold held = hold::owned;

  template <class From>
    requires std::is_constructible_v<T, From>
  explicit copied(From&& from) : value_(static_cast<From&&>(from)) {}

  const T& pass() const noexcept { return value_; }

 private:
  T value_;
};

/// copied keeps an array element by element.
template <class T, std::size_t Size>
class copied<T[Size]> {
 public:
  static constexpr hold held = hold::owned;

  explicit copied(const T (&from)[Size]) : copied(from, std::make_index_sequence<Size>()) {}

  const T (&pass() const noexcept)[Size] { return value_; }

 private:
  template <std::size_t... Index>
  copied(const T (&from)[Size], std::index_sequence<Index...>) : value_{from[Index]...} {}

  T value_[Size];
};

/// viewed copies what a view shows into an owner, and views that again for the call.
template <class View, class Owner>
class viewed {
 public:
  static constexpr hold held = hold::owned;

  explicit viewed(const View& view) : owner_(view.begin(), view.end()) {}

  View pass() const noexcept { return View(owner_); }

 private:
  Owner owner_;
};

/// owned_text keeps a copy of a `const char*` to its NUL; a null pointer stays one.
class owned_text {
 public:
  static constexpr hold held = hold::owned;

  explicit owned_text(const char* text) {
    if (text != nullptr) text_.emplace(text);
  }

  const char* pass() const noexcept { return text_ ? text_->c_str() : nullptr; }

 private:
  std::optional<std::string> text_;
};

/// owned_target keeps a copy of what a T* points to; a null pointer stays one. What the function
/// writes there stays in the copy.
template <class T>
class owned_target {
 public:
  static constexpr hold held = hold::owned;

  explicit owned_target(T* target) {
    if (target != nullptr) target_.emplace(*target);
  }

  T* pass() noexcept { return target_ ? std::addressof(*target_) : nullptr; }

 private:
  std::optional<std::remove_const_t<T>> target_;
};

/// borrowed keeps a reference or a pointer to an object of the caller's, which must live until the
/// call has ended.
template <class T>
class borrowed {
  static_assert(std::is_pointer_v<T>, "what is borrowed for a scope is a reference or a pointer");

 public:
  static constexpr hold held = hold::scoped;

  explicit borrowed(T target) noexcept : target_(target) {}

  T pass() const noexcept { return target_; }

 private:
  T target_;
};

template <class T>
class borrowed<T&> {
 public:
  static constexpr hold held = hold::scoped;

  explicit borrowed(T& target) noexcept : target_(std::addressof(target)) {}

  T& pass() const noexcept { return *target_; }

 private:
  T* target_;
};

template <class T>
class borrowed<T&&> {
 public:
  static constexpr hold held = hold::scoped;

  explicit borrowed(T&& target) noexcept : target_(std::addressof(target)) {}

  T&& pass() const noexcept { return static_cast<T&&>(*target_); }

 private:
  T* target_;
};

/// shared_object keeps the object of a method alive, whose class has `shared_from_this`. Made for
/// an object that no std::shared_ptr owns it throws std::bad_weak_ptr, as shared_from_this() does.
template <class T>
class shared_object {
 public:
  static constexpr hold held = hold::owned;

  explicit shared_object(T& object) : object_(object.shared_from_this(), std::addressof(object)) {}

  T& pass() const noexcept { return *object_; }

 private:
  std::shared_ptr<T> object_;
};

/// in_place keeps a view, or a reference to what may be a temporary, as it came; it never moves,
/// and so neither does the call.
template <class T>
class in_place {
 public:
  static constexpr hold held = hold::in_place;

  explicit in_place(T view) : view_(std::move(view)) {}
  in_place(in_place&&) = delete;

  T&& pass() noexcept { return std::move(view_); }

 private:
  T view_;
};

template <class T>
class in_place<T&> {
 public:
  static constexpr hold held = hold::in_place;

  explicit in_place(T& target) noexcept : target_(std::addressof(target)) {}
  in_place(in_place&&) = delete;

  T& pass() const noexcept { return *target_; }

 private:
  T* target_;
};

template <class T>
class in_place<T&&> {
 public:
  static constexpr hold held = hold::in_place;

  explicit in_place(T&& target) noexcept : target_(std::addressof(target)) {}
  in_place(in_place&&) = delete;

  T&& pass() const noexcept { return static_cast<T&&>(*target_); }

 private:
  T* target_;
};

}  // namespace smartasync
