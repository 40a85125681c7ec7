// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/annotation.hpp"
#include "model/identifier.hpp"
#include "model/parameter.hpp"
#include "model/source_position.hpp"
#include "model/template_head.hpp"

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
  /// Nothing where that is known only when a template is instantiated: its result says it then.
  std::optional<call_kind> kind = call_kind::sync;
  std::string returns;  ///< the author's return type; empty where the author leaves it to deduction
  std::string result;   ///< what the sync entry returns: `returns`, or what awaiting it gives

  template_head head;         ///< of a function template
  std::string requires_text;  ///< the constraint behind the parameters, or empty

  std::vector<parameter> parameters;
  /// Numbers of leading parameters with which the function can be called too, because the default
  /// arguments after them cannot be repeated: each becomes an overload of the entries.
  std::vector<std::size_t> shorter_arities;

  bool takes_stop_token = false;  ///< last, and not among the parameters: the runtime supplies it
  bool is_method = false;
  bool is_static = false;
  bool is_overridable = false;  ///< virtual, and not final
  bool is_const = false;
  bool is_noexcept = false;
  ref_qualifier ref = ref_qualifier::none;
  bool nodiscard = false;
  std::optional<std::string> deprecated;  ///< the message, which may be empty

  /// entry_name() is the name of the entries: the function's own unless `name = "..."` says other.
  const std::string& entry_name() const { return marks.name ? *marks.name : name; }

  /// is_deduced() tells that the result has no spelling but that of the call itself.
  bool is_deduced() const { return returns.empty(); }

  /// has_tagged_entries() is false for operators that take no further argument: all but `()`.
  bool has_tagged_entries() const {
    const std::string& entry = entry_name();
    const bool is_operator =
        entry.starts_with("operator") && entry.size() > 8 && !is_identifier_part(entry[8]);
    return !is_operator || entry == "operator()";
  }
};

}  // namespace smartasync::gen
