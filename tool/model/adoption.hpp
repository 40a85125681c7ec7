// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/annotation.hpp"
#include "model/source_position.hpp"

namespace smartasync::gen {

/// adoption_rule is one entry of an adoption file: which functions get entries though their header
/// says nothing, and with which arguments of the attribute.
struct adoption_rule {
  std::string match;               ///< as written
  std::vector<std::string> names;  ///< `match` with its braces expanded
  std::vector<std::string> exclude;
  source_position where;  ///< of `match`
  annotation marks;
  std::string marks_text;  ///< the arguments as the attribute would have them
};

/// adopted_name is one way in which a rule names a function.
struct adopted_name {
  std::size_t rule = 0;
  std::size_t name = 0;   ///< of the rule's names
  bool is_swept = false;  ///< by a glob, or by the name of its class
};

/// adoption is what all adoption files of a run say together.
struct adoption {
  std::vector<adoption_rule> rules;

  /// select() are the names that fit a function. `scope` is the class of a method and empty for a
  /// free function.
  std::vector<adopted_name> select(std::string_view function, std::string_view scope) const;
};

/// is_excluded() tells whether the rule leaves a function out: by its qualified name, or by its own
/// name alone where the pattern has no `::`.
bool is_excluded(const adoption_rule& rule, std::string_view function);

}  // namespace smartasync::gen
