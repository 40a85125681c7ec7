// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace smartasync::gen {

/// value_type is what may stand behind a key.
enum class value_type {
  text,          ///< `= "..."`
  word,          ///< `= sync`, `= async`
  flag,          ///< nothing
  text_or_flag,  ///< `= "..."` or nothing
};

/// annotation_key is one key of the attribute: its type, and one right use of it for remedies.
struct annotation_key {
  std::string_view name;
  value_type type;
  bool repeatable;
  std::string_view example;
};

/// find_annotation_key() is null for what is no key.
const annotation_key* find_annotation_key(std::string_view name);

/// nearest_annotation_key() is the key that `written` was most likely meant to be, or empty.
std::string_view nearest_annotation_key(std::string_view written);

/// all_annotation_keys() names them for a message: `executor, loop, ...`.
std::string_view all_annotation_keys();

}  // namespace smartasync::gen
