// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/function.hpp"
#include "model/source_position.hpp"
#include "model/template_head.hpp"

namespace smartasync::gen {

/// record is a class with annotated methods: it gets a facade, where it can serve as a base, and a
/// specialisation of smartasync::ref.
struct record {
  std::string name;                     ///< `Client`
  std::string qualified_name;           ///< `shop::Client`, for messages and comments
  std::string type;                     ///< `::shop::Client`
  std::vector<std::string> namespaces;  ///< `shop`
  template_head head;                   ///< of a class template or a partial specialisation
  source_position where;
  std::string documentation;

  std::string no_facade_reason;  ///< empty, or why the class cannot serve as a base
  bool can_be_base = false;      ///< of a class that overrides its virtual methods
  bool move_constructible = false;
  bool default_constructible = false;
  bool has_constructors_to_inherit = false;  ///< any besides default, copy and move

  bool shares_itself = false;  ///< has shared_from_this(): a pending call keeps the object alive

  std::vector<function> methods;  ///< annotated ones, in source order; inherited ones after them
  /// Names of annotated methods that have un-annotated overloads, which the facade keeps visible.
  std::vector<std::string> overloads_to_keep;
  std::vector<record> nested;  ///< classes in this one that have entries of their own
};

}  // namespace smartasync::gen
