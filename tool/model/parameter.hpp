// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace smartasync::gen {

/// keep_policy says how a pending operation keeps one argument until it is awaited; the names are
/// those of the runtime's templates in smartasync/keep_policy.hpp.
enum class keep_policy {
  moved,       ///< T by value or T&&: moved into a T
  copied,      ///< const T&: copied into a T
  viewed,      ///< a view over an owning type: copied into `owner`, viewed again for the call
  own_text,    ///< `own` on a const char*: copied to its NUL
  own_target,  ///< `own` on a T*: the T is copied
  borrowed,    ///< T&, T*: borrowed for a scope
  in_place,    ///< views, const char*, const T& that cannot be copied: borrowed where it stands
  by_type,     ///< what a template's arguments make of it: the same table, when it is instantiated
  borrowed_by_type,  ///< the same with `borrow`
  owned_by_type,     ///< the same with `own`
};

/// parameter of an annotated function. All type texts are written so that they mean the same
/// anywhere: qualified from `::`, except for `std::` and `smartasync::`.
struct parameter {
  std::string name;         ///< as emitted; an unnamed one is `arg1`, `arg2`, ... by its place
  std::string type;         ///< `int (&)[4]`
  std::string declaration;  ///< `int (&values)[4]`
  /// What is kept: `type` without reference and without const under it; `type` itself where a T&&
  /// stays a reference.
  std::string value_type;
  std::string owner;  ///< for `viewed`: `std::string`, `std::vector<int>`
  keep_policy keep = keep_policy::moved;
  bool scalar = false;   ///< passed on as it is: no std::move for an int
  bool is_pack = false;  ///< `Ts&&... args`; the types are those of one element
  /// The parameter of the function's own template that this type is deduced as, whatever it be:
  /// `T`, or `Ts...`; empty for every other type.
  std::string deduced_as;
  std::string keep_reason;  ///< why it is borrowed where a copy would be expected, or empty
  std::optional<std::string> default_text;  ///< where the text means the same in the entry
};

}  // namespace smartasync::gen
