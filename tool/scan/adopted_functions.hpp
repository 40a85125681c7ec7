// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Decl.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/adoption.hpp"
#include "model/unit.hpp"
#include "scan/mark.hpp"

namespace smartasync::gen {

/// adopted_functions applies the adoption files to the declarations of one reading, and remembers
/// which names found something.
class adopted_functions {
 public:
  using rule_name = std::pair<std::size_t, std::size_t>;  ///< a rule, and one of its names

  explicit adopted_functions(const adoption& rules) : rules_(rules) {}

  /// selected() are the names that select a function. A sweep passes over what has no entries by
  /// its nature: constructors, destructors, operators, and what is deleted or not public.
  std::vector<adopted_name> selected(const clang::FunctionDecl& declared) const;

  const adoption_rule& rule(const adopted_name& one) const { return rules_.rules[one.rule]; }

  /// found() notes that the names selected a function, whether it has entries then or not.
  void found(const std::vector<adopted_name>& names);

  /// served() and failed() note how the reading of a function ended that a name selects exactly. Of
  /// an overload set one that is served is enough: the findings about the others become reasons.
  void served(const std::vector<adopted_name>& names);
  void failed(const std::vector<adopted_name>& names, skipped_function what,
              std::vector<diagnostic> findings);

  /// settle() gives the findings that remain, and adds to `skipped` what is passed over.
  std::vector<diagnostic> settle(std::vector<skipped_function>& skipped);

  const std::set<rule_name>& used() const { return used_; }

 private:
  struct failure {
    skipped_function what;
    std::vector<diagnostic> findings;
  };

  const adoption& rules_;
  std::set<rule_name> used_;
  std::set<rule_name> served_;
  std::vector<std::pair<rule_name, failure>> failed_;
  std::vector<skipped_function> swept_;
};

}  // namespace smartasync::gen
