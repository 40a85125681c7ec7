// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/annotation.hpp"
#include "model/parameter.hpp"
#include "model/source_position.hpp"

namespace smartasync::gen {

enum class ref_qualifier { none, lvalue, rvalue };

/// function is one annotated function or method and everything that its entries need.
struct function {
  std::string name;                     ///< `get`
  std::string qualified_name;           ///< `shop::Client::get`, for messages and comments
  std::vector<std::string> namespaces;  ///< `shop`, inline namespaces left out
  source_position where;
  std::string documentation;  ///< the comment as it stands in the source, line by line, or empty

  annotation marks;
  /// The text between the attribute's parentheses, to which the offsets in `marks` refer, and where
  /// it begins; for the bare attribute, and where the text cannot be found, empty and the
  /// attribute.
  std::string marks_text;
  source_position marks_where;
  call_kind kind = call_kind::sync;
  std::string returns;  ///< the author's return type
  std::string result;   ///< what the sync entry returns: `returns`, or what awaiting it gives

  std::vector<parameter> parameters;
  /// Numbers of leading parameters with which the function can be called too, because the default
  /// arguments after them cannot be repeated: each becomes an overload of the entries.
  std::vector<std::size_t> shorter_arities;

  bool is_method = false;
  bool is_static = false;
  bool is_const = false;
  bool is_noexcept = false;
  ref_qualifier ref = ref_qualifier::none;
  bool nodiscard = false;
  std::optional<std::string> deprecated;  ///< the message, which may be empty

  /// entry_name() is the name of the entries: the function's own unless `name = "..."` says other.
  const std::string& entry_name() const { return marks.name ? *marks.name : name; }
};

}  // namespace smartasync::gen
