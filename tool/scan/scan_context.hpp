// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/ASTContext.h>
#include <clang/Lex/Preprocessor.h>
#include <clang/Sema/Sema.h>

#include <string>
#include <utility>
#include <vector>

#include "model/diagnostic.hpp"
#include "model/namespace_map.hpp"
#include "scan/adopted_functions.hpp"
#include "scan/mark.hpp"
#include "scan/positions.hpp"

namespace smartasync::gen {

/// scan_context is what the readers of declarations work with, and where they leave findings.
struct scan_context {
  clang::Sema& sema;
  const positions& places;
  adopted_functions& adopted;
  const namespace_map& namespaces;
  std::vector<diagnostic> findings;

  /// is_chosen() tells whether a function is to have entries: it carries the attribute, or an
  /// adoption file names it.
  bool is_chosen(const clang::FunctionDecl& declared) const {
    return !own_marks(declared).empty() || !adopted.selected(declared).empty();
  }

  /// report() adds a finding with a remedy, which may be empty.
  void report(diagnostic_id id, source_position where, std::string message,
              std::string remedy = {}) {
    diagnostic finding{id, std::move(where), std::move(message), {}};
    if (!remedy.empty()) {
      finding.notes.push_back({{}, std::move(remedy)});
    }
    findings.push_back(std::move(finding));
  }
};

}  // namespace smartasync::gen
